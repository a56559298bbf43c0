namespace FastConv.Training;

/// <summary>Code of one's own within <see cref="Trainer.Fit"/>, on its thread. Override what is of interest.</summary>
public abstract class TrainingCallback
{
    /// <summary>Called after each batch that was learned from.</summary>
    public virtual void OnStepEnd(TrainingContext context)
    {
    }

    /// <summary>Called after each epoch, when it was measured and before it is saved.</summary>
    /// <param name="context">Where training stands.</param>
    /// <param name="result">The epoch's numbers.</param>
    public virtual void OnEpochEnd(TrainingContext context, EpochResult result)
    {
    }
}
