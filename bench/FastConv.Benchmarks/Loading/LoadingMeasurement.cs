using System.Diagnostics;
using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Loading;

/// <summary>Trains for a few epochs and asks the loader how long it was waited for.</summary>
internal sealed class LoadingMeasurement
{
    private const long Seed = 1;
    private const int StepsAlone = 30;

    private readonly LoadingCase _case;
    private readonly string _folder;
    private readonly Sequential _model;
    private readonly Loss _loss;
    private readonly Optimizer _optimizer;
    private readonly double _aloneMs;

    public LoadingMeasurement(LoadingCase workload, string folder)
    {
        _case = workload;
        _folder = folder;
        _model = workload.Recipe.Build(Seed);
        _loss = workload.Recipe.CreateLoss();
        _optimizer = new Adam(_model.Parameters, workload.Recipe.LearningRate);

        // With tiered compilation behind it.
        MeasureAlone();
        _aloneMs = MeasureAlone();
    }

    /// <summary>A row an epoch. The data is read anew, so that the first epoch finds nothing decoded.</summary>
    public IEnumerable<LoadingRow> Run(int workers, int epochs)
    {
        var loader = new DataLoader(_case.Load(_folder), _case.Batch, shuffle: true, Seed, workers: workers);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (Batch batch in loader.Epoch(epoch))
            {
                Learn(batch);
            }

            LoadingTime time = loader.LoadingTime;
            yield return new LoadingRow(
                _case.Name,
                _case.Batch,
                ThreadSettings.MaxThreads,
                workers,
                epoch + 1,
                loader.BatchCount,
                time.Total.TotalMilliseconds / loader.BatchCount,
                time.Waiting.TotalMilliseconds / loader.BatchCount,
                time.WaitingShare,
                _aloneMs);
        }
    }

    private double MeasureAlone()
    {
        foreach (Batch batch in new DataLoader(_case.Load(_folder), _case.Batch, shuffle: true, Seed).Epoch(0))
        {
            long start = Stopwatch.GetTimestamp();
            for (int step = 0; step < StepsAlone; step++)
            {
                Learn(batch);
            }

            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / StepsAlone;
        }

        throw new InvalidDataException($"{_folder}: expected at least one batch, received none.");
    }

    private void Learn(Batch batch)
    {
        _optimizer.ZeroGradients();
        _loss.Forward(_model.Forward(batch.Images), batch.Labels);
        _model.Backward(_loss.Backward(), needsInputGradient: false);
        _optimizer.Step();
    }
}
