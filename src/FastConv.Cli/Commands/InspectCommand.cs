using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Reports;
using FastConv.Interchange;

namespace FastConv.Cli.Commands;

/// <summary><c>fastconv inspect</c>: what is in a safetensors file.</summary>
internal static class InspectCommand
{
    // Larger tensors are listed without looking at their elements.
    private const long MostElementsRead = 1L << 28;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { HelpName = "FILE.safetensors", Description = "The file" };
        Option<bool> json = ValueOptions.Json();
        var command = new Command("inspect", "List the tensors and metadata of a safetensors file: names, kinds, shapes, bytes, ranges.") { file, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            InspectReport report = Look(parsed.GetValue(file)!, cancellationToken);
            terminal.Output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, ReportJson.Default.InspectReport) : Table(report));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static InspectReport Look(string path, CancellationToken cancellationToken)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        var tensors = new List<InspectedTensor>();
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tensors.Add(Look(file, tensor));
        }

        return new InspectReport(path, new FileInfo(path).Length, tensors.Sum(tensor => tensor.Elements), file.Metadata, tensors);
    }

    private static InspectedTensor Look(SafetensorsFile file, SafetensorsTensor tensor)
    {
        var listed = new InspectedTensor(tensor.Name, tensor.DType.ToString(), tensor.Shape, tensor.Count, tensor.ByteLength, null, null, null, 0);
        if (tensor.Count is 0 or > MostElementsRead || tensor.DType is SafetensorsDType.F8E4M3 or SafetensorsDType.F8E5M2 or SafetensorsDType.F8E8M0 or SafetensorsDType.C64)
        {
            return listed;
        }

        float[] values = new float[tensor.Count];
        file.Read(tensor, values);
        (double low, double high, double sum, long finite) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0);
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
                sum += value;
                finite++;
            }
        }

        return finite == 0
            ? listed with { NotFinite = tensor.Count }
            : listed with { Min = low, Max = high, Mean = sum / finite, NotFinite = tensor.Count - finite };
    }

    private static string Table(InspectReport report)
    {
        string[][] rows =
        [
            ["name", "type", "shape", "bytes", "min", "max", "mean", ""],
            .. report.Tensors.Select(tensor => (string[])
            [
                Printable(tensor.Name),
                tensor.Type,
                $"[{string.Join(", ", tensor.Shape)}]",
                tensor.Bytes.ToString("N0", CultureInfo.InvariantCulture),
                Number(tensor.Min),
                Number(tensor.Max),
                Number(tensor.Mean),
                tensor.NotFinite > 0 ? string.Create(CultureInfo.InvariantCulture, $"{tensor.NotFinite:N0} not finite") : "",
            ]),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        IEnumerable<string> lines = rows.Select(row => string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        IEnumerable<string> metadata = report.Metadata.Select(entry => $"{Printable(entry.Key)} = {Printable(entry.Value)}");
        string total = string.Create(CultureInfo.InvariantCulture, $"{Printable(report.File)}: {report.Tensors.Count} tensors, {report.Elements:N0} elements, {report.Bytes:N0} bytes");
        return string.Join('\n', [total, .. metadata, "", .. lines]);
    }

    // Names come from a file that may be anybody's: nothing in them may move the cursor.
    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static string Number(double? value) => value is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : "-";
}
