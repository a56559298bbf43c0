namespace FastConv.Cli.Reports;

/// <summary>What <c>fastconv inspect --json</c> prints.</summary>
/// <param name="File">As it was given.</param>
/// <param name="Bytes">Of the whole file.</param>
/// <param name="Elements">Of all tensors.</param>
/// <param name="Metadata">The file's strings.</param>
/// <param name="Tensors">In the order of their data.</param>
internal sealed record InspectReport(string File, long Bytes, long Elements, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<InspectedTensor> Tensors);

/// <summary>One tensor of a file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Outermost first.</param>
/// <param name="Elements">How many.</param>
/// <param name="Bytes">That they take.</param>
/// <param name="Min">Of the finite elements; null where there are none, or where they are not read.</param>
/// <param name="Max">The same.</param>
/// <param name="Mean">The same.</param>
/// <param name="NotFinite">Elements that are infinite or NaN.</param>
internal sealed record InspectedTensor(
    string Name, string Type, IReadOnlyList<long> Shape, long Elements, long Bytes, double? Min, double? Max, double? Mean, long NotFinite);
