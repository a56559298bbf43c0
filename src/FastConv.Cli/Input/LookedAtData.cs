using FastConv.Cli.Models;
using FastConv.Cli.Runs;
using FastConv.Data;

namespace FastConv.Cli.Input;

/// <summary>Samples for weights that are there: those that the data keeps for testing, or all where it keeps none.</summary>
/// <param name="Name">What reports call the data.</param>
/// <param name="Samples">Normalised as those were that the weights come from.</param>
internal sealed record LookedAtData(string Name, IDataset Samples)
{
    /// <summary>Reads the samples, and normalises them by the statistics of the file, or by their own where it has none.</summary>
    /// <inheritdoc cref="SourceData.Read" path="/exception"/>
    public static LookedAtData Read(DataSource source, SavedModel saved, int? samples, bool strictImages, CancellationToken cancellationToken)
    {
        (string name, IDataset train, IDataset? test, _) = SourceData.Read(source, saved.Recipe, samples, samples, strictImages, cancellationToken);
        IDataset data = SourceData.Limit(test ?? train, samples, ModelRecipe.DefaultSeed);
        return new LookedAtData(name, new NormalizedDataset(data, saved.Statistics ?? DatasetStatistics.Measure(data, perChannel: true)));
    }
}
