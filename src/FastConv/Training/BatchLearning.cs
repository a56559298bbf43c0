using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tensors;

namespace FastConv.Training;

/// <summary>What is done with a batch: forward, loss, backward, and with the last one of a group a step of the optimiser.</summary>
internal sealed class BatchLearning(Layer model, Loss loss, Optimizer optimizer, TrainingOptions options, StateCopy? average, TrainingState state)
{
    // Samples whose gradients have been added up since the optimiser's last step.
    private int _grouped;

    /// <summary>Whether the next batch begins a group: nothing is half done.</summary>
    public bool IsBetweenSteps => _grouped == 0;

    /// <summary>Learns from a batch and counts it.</summary>
    /// <param name="batch">The next one.</param>
    /// <param name="endsGroup">Whether the optimiser steps after it, however few batches have been added up.</param>
    /// <param name="rate">The learning rate of a step now; null: the optimiser's own.</param>
    /// <exception cref="NotFiniteNumberException">The loss is no finite number; nothing was learned.</exception>
    public void Learn(Batch batch, bool endsGroup, double? rate)
    {
        Tensor prediction = model.Forward(batch.Images);
        float value = batch.SoftTargets is { } targets ? loss.Forward(prediction, targets) : loss.Forward(prediction, batch.Labels);
        if (!float.IsFinite(value))
        {
            throw new NotFiniteNumberException(
                $"Trainer.Fit: the loss of epoch {state.Epoch}, step {state.EpochStep + 1} is {value}: {NonFiniteSource.Describe(model, batch.Images)}. "
                + "A smaller learning rate or normalised input may help.",
                value);
        }

        if (IsBetweenSteps)
        {
            optimizer.ZeroGradients();
        }

        // The gradient of a large batch's mean is that of the sums over its parts, over all samples.
        bool isWholeGroup = endsGroup && IsBetweenSteps;
        LossFusion.Backward(model, loss, isWholeGroup ? 1 : batch.Count);
        _grouped += batch.Count;
        int correct = Accuracy.CountCorrect(prediction, batch.Labels, loss.DecisionThreshold);
        if (endsGroup)
        {
            optimizer.LearningRate = rate ?? optimizer.LearningRate;
            optimizer.Step(isWholeGroup ? 1 : 1.0 / _grouped);
            _grouped = 0;
            UpdateAverage();
        }

        state.EpochMeter.Add(value, correct, batch.Count);
        state.CurveMeter.Add(value, correct, batch.Count);
        state.LastLoss = value;
        state.EpochStep++;
        state.Step++;
        TrainingMeter.Steps.Add(1);
        TrainingMeter.Images.Add(batch.Count);
        TrainingMeter.Loss.Record(value);
        TrainingMeter.LearningRate.Record(optimizer.LearningRate);
    }

    // The average of one is that one.
    private void UpdateAverage()
    {
        if (options.AverageDecay is { } decay)
        {
            average!.Average(state.AveragedSteps++ == 0 ? 0 : decay);
        }
    }
}
