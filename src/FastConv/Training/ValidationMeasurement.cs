using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Training;

/// <summary>Measures the model of a run on the validation data, with its averaged weights where there are some.</summary>
internal sealed class ValidationMeasurement(Layer model, Loss loss, DataLoader? validation, StateCopy? average)
{
    /// <summary>Null without validation data.</summary>
    public EvaluationResult? Run(CancellationToken cancellationToken)
    {
        if (validation is null)
        {
            return null;
        }

        average?.Swap();
        try
        {
            return Evaluation.Run(model, loss, validation, cancellationToken);
        }
        finally
        {
            average?.Swap();
        }
    }
}
