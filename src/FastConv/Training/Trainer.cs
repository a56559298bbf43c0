using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;

namespace FastConv.Training;

/// <summary>Trains a model: forward, loss, backward, optimiser step, batch after batch. A warm step allocates nothing.</summary>
public sealed class Trainer
{
    private readonly Layer _model;
    private readonly Loss _loss;
    private readonly Optimizer _optimizer;

    /// <summary>Brings together what takes part in training.</summary>
    /// <param name="model">Ends in what the loss expects: logits, probabilities, or values.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="optimizer">Over the model's parameters.</param>
    public Trainer(Layer model, Loss loss, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        _model = model;
        _loss = loss;
        _optimizer = optimizer;
    }

    /// <summary>
    /// Trains from the model's present state. The same seeds give the same bits, on any number of threads. A model in evaluation mode
    /// is set to training mode; in a model that is in training mode, layers inside keep their own.
    /// </summary>
    /// <param name="loader">The training data. The epochs are its epochs from 0.</param>
    /// <param name="validation">Measured after every epoch; its samples have the shape of the training data's.</param>
    /// <param name="options">Where they are not given: one epoch.</param>
    /// <param name="progress">Called on this thread (though <see cref="Progress{T}"/> passes reports on to another).</param>
    /// <param name="cancellationToken">Looked at before each step of the optimiser and between batches of a measurement.</param>
    /// <exception cref="ArgumentException">An option out of range, or data that the model or the loss does not take.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the model is as the last whole step left it, and saved where options ask for it.</exception>
    /// <exception cref="NotFiniteNumberException">
    /// The loss became infinite or NaN: with the layer, parameter or batch where it first appeared. The learned values are as the step before left them.
    /// </exception>
    /// <exception cref="IOException">A checkpoint could not be written or read; one that was there stays.</exception>
    /// <exception cref="InvalidDataException">The checkpoint to resume from is none, or is one of another model, optimiser or data.</exception>
    public TrainingResult Fit(
        DataLoader loader,
        IDataset? validation = null,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loader);
        options ??= new TrainingOptions();
        options.Check(hasValidation: validation is not null);
        if (validation is not null && validation.SampleShape != loader.Dataset.SampleShape)
        {
            throw new ArgumentException(
                $"Trainer.Fit: validation samples are expected to be {loader.Dataset.SampleShape} as in training, received {validation.SampleShape}.",
                nameof(validation));
        }

        if (!_model.IsTraining)
        {
            _model.Train();
        }

        DataLoader? validationLoader = validation is null ? null : new DataLoader(validation, options.EvaluationBatchSize);
        return new TrainingRun(_model, _loss, _optimizer, loader, validationLoader, options, progress, cancellationToken).Run();
    }
}
