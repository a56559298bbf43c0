using System.Text.Json.Serialization;

namespace FastConv.Benchmarks.Loading;

/// <summary>One epoch of training on files.</summary>
/// <param name="Name">The network and its data.</param>
/// <param name="Batch">Samples a step.</param>
/// <param name="Threads">Of training.</param>
/// <param name="Workers">Threads that read ahead; 0: batches are read between two steps.</param>
/// <param name="Epoch">From 1; what is decoded in the first is kept for the others.</param>
/// <param name="Steps">Batches of the epoch.</param>
/// <param name="StepMs">The mean of all that happens between two batches, waiting included.</param>
/// <param name="WaitingMs">Of that, waiting for the batch.</param>
/// <param name="WaitingShare">Waiting over all.</param>
/// <param name="AloneMs">The mean step on a batch that is there, with nobody reading.</param>
internal sealed record LoadingRow(
    string Name, int Batch, int Threads, int Workers, int Epoch, int Steps, double StepMs, double WaitingMs, double WaitingShare, double AloneMs);

/// <summary>The file of results: an array of rows, names in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<LoadingRow>))]
internal sealed partial class LoadingRowJson : JsonSerializerContext;
