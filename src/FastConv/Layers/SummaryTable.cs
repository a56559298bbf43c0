using System.Globalization;
using System.Text;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>What <see cref="Layer.Summary"/> prints: a row for every layer but chains, and the totals.</summary>
internal static class SummaryTable
{
    private static readonly string[] Header = ["Layer", "Output shape", "Algorithm", "Parameters", "Multiply-adds", "Output memory"];

    // Text columns stand left, numbers right.
    private const int TextColumns = 3;

    public static string Create(Layer root, TensorShape inputShape)
    {
        root.Build(inputShape);
        var rows = new List<string[]>();
        long bytes = 0;
        root.Walk(inputShape, (layer, shape) =>
        {
            if (layer is Sequential)
            {
                return;
            }

            TensorShape outputShape = layer.OutputShape(shape);
            long outputBytes = layer.OwnsOutput ? (long)outputShape.Length * sizeof(float) : 0;
            bytes += outputBytes;
            long own = layer.Children.Count == 0 ? Count(layer.Parameters) : 0;
            string name = $"{layer.Path} {layer.GetType().Name}".TrimStart();
            string place = layer.FusedInto is null ? name : $"{name} (in {layer.FusedInto.Path})";
            rows.Add([place, outputShape.ToString(), layer.ForwardAlgorithm(shape), Number(own), Number(layer.OwnMultiplyAdds(shape)), Bytes(outputBytes)]);
        });
        long parameters = Count(root.Parameters);
        string[] totals = ["Total", root.OutputShape(inputShape).ToString(), "", Number(parameters), Number(root.MultiplyAdds(inputShape)), Bytes(bytes)];
        return Format(rows, totals)
            + $"Input {inputShape}, parameter memory {Bytes(parameters * sizeof(float))}, "
            + $"outputs and gradients of a training step {Bytes(root.StepLength(inputShape) * sizeof(float))}.";
    }

    private static string Format(List<string[]> rows, string[] totals)
    {
        int[] widths = new int[Header.Length];
        foreach (string[] row in rows.Prepend(Header).Append(totals))
        {
            for (int column = 0; column < widths.Length; column++)
            {
                widths[column] = Math.Max(widths[column], row[column].Length);
            }
        }

        string rule = new('-', widths.Sum() + 2 * (widths.Length - 1));
        var text = new StringBuilder();
        AppendRow(text, Header, widths);
        text.Append(rule).Append('\n');
        foreach (string[] row in rows)
        {
            AppendRow(text, row, widths);
        }

        text.Append(rule).Append('\n');
        AppendRow(text, totals, widths);
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string[] row, int[] widths)
    {
        for (int column = 0; column < row.Length; column++)
        {
            text.Append(column == 0 ? "" : "  ");
            text.Append(column < TextColumns ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column]));
        }

        text.Append('\n');
    }

    private static long Count(IReadOnlyList<Parameter> parameters) => parameters.Sum(parameter => (long)parameter.Value.Length);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long value) => value switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{value} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{value / 1024.0:F1} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{value / 1048576.0:F1} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1073741824.0:F1} GiB"),
    };
}
