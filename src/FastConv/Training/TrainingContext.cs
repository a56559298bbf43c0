using FastConv.Layers;
using FastConv.Optimizers;

namespace FastConv.Training;

/// <summary>What a <see cref="TrainingCallback"/> sees and may do. The same object for all of a training.</summary>
public sealed class TrainingContext
{
    internal TrainingContext(Layer model, Optimizer optimizer, TrainingState state)
    {
        Model = model;
        Optimizer = optimizer;
        State = state;
    }

    /// <summary>The model.</summary>
    public Layer Model { get; }

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch => State.Epoch;

    /// <summary>Batches of it that have been learned from.</summary>
    public int EpochStep => State.EpochStep;

    /// <summary>Batches altogether.</summary>
    public int Step => State.Step;

    /// <summary>The loss of the last batch.</summary>
    public float Loss => State.LastLoss;

    internal TrainingState State { get; }

    internal string? StopReason { get; private set; }

    /// <summary>Ends training after this batch or epoch; what follows an epoch's last batch is done as at its end.</summary>
    /// <param name="reason">For <see cref="TrainingResult.StopReason"/>.</param>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        StopReason = reason;
    }
}
