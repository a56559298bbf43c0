using System.Text.Json.Serialization;

namespace FastConv.Benchmarks.Limits;

/// <summary>What the machine can do at most in one instruction-set tier, and what FastConv chooses there.</summary>
/// <param name="Processor">As the system names it.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Date">Of the measurement.</param>
/// <param name="InstructionSet">In force.</param>
/// <param name="Switch">The environment variable that switches the wider ones off; empty for all that the CPU has.</param>
/// <param name="Threads">All: as many as FastConv uses by itself.</param>
/// <param name="FmaGflops">The best multiply-add loop on one core.</param>
/// <param name="FmaAllGflops">On as many cores at once as there are threads.</param>
/// <param name="CopyGbs">GB/s read and written by the best large copy on one thread.</param>
/// <param name="CopyAllGbs">On all threads.</param>
/// <param name="L1Data">Bytes of the first-level data cache of a core; null where the system does not say.</param>
/// <param name="L2">Bytes of the second level.</param>
/// <param name="L3">Bytes of the third level.</param>
/// <param name="Lanes">Floats of a vector.</param>
/// <param name="Registers">Vector registers.</param>
/// <param name="TileRows">Rows of the register tile of products.</param>
/// <param name="TileColumns">Columns of it.</param>
/// <param name="Products">Block sizes of the matrix products of the set gemm.</param>
/// <param name="Layers">What the convolutions of some sets run on.</param>
internal sealed record LimitRow(
    string Processor,
    string Runtime,
    DateOnly Date,
    string InstructionSet,
    string Switch,
    int Threads,
    double FmaGflops,
    double FmaAllGflops,
    double CopyGbs,
    double CopyAllGbs,
    long? L1Data,
    long? L2,
    long? L3,
    int Lanes,
    int Registers,
    int TileRows,
    int TileColumns,
    IReadOnlyList<ProductBlocks> Products,
    IReadOnlyList<LayerKernels> Layers);

/// <summary>Block sizes of one product, as docs/kernels.md names them.</summary>
internal sealed record ProductBlocks(string Name, int MC, int KC, int NC);

/// <summary>The algorithms of one convolution by pass.</summary>
/// <param name="Set">Of the shape file.</param>
/// <param name="Name">Within the set.</param>
/// <param name="Batch">Images.</param>
/// <param name="Forward">A <c>ConvolutionAlgorithm</c>.</param>
/// <param name="BackwardInput">The same.</param>
/// <param name="BackwardWeight">The same.</param>
/// <param name="WinogradBlocks">Blocks that forward by Winograd cuts its tiles into; null where it takes another way.</param>
/// <param name="WinogradTiles">Tiles of the largest of them.</param>
internal sealed record LayerKernels(
    string Set, string Name, int Batch, string Forward, string BackwardInput, string BackwardWeight, int? WinogradBlocks, int? WinogradTiles);

/// <summary>The file of results: an array of rows, names in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(List<LimitRow>))]
internal sealed partial class LimitRowJson : JsonSerializerContext;
