using System.Globalization;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Peers;

/// <summary>A convolution of a shape file; its batch is that of the publication.</summary>
internal sealed record NamedShape(string Set, string Name, Conv2dShape Shape);

/// <summary>
/// Convolutions as comma-separated lines under a fixed header: set, name, batch (mb), groups (g), input channels, height, width, output
/// channels, then kernel, stride, padding and dilation along height and width; a dilation of 1 is none. "*4" in a name: occurs four times.
/// The set "tests" is there for the tests alone.
/// </summary>
internal static class ShapeFile
{
    private const string Header = "set,name,mb,g,ic,ih,iw,oc,kh,kw,sh,sw,ph,pw,dh,dw";
    private const int Names = 2;

    // Layers of known networks on images of a few pixels: what the tests compute, and too short to measure.
    private const string TestSet = "tests";

    private static readonly int Columns = Header.Split(',').Length;

    /// <summary>The file beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "shapes.csv");

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The header or a line is not as described.</exception>
    public static IReadOnlyList<NamedShape> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines is not [Header, ..])
        {
            throw new InvalidDataException($"{path}: the first line must be '{Header}', received '{lines.FirstOrDefault()}'");
        }

        var shapes = new List<NamedShape>();
        for (int index = 1; index < lines.Length; index++)
        {
            if (lines[index].Trim() is { Length: > 0 } line)
            {
                NamedShape shape = Parse(line, $"{path}, line {index + 1}");
                if (shape.Set != TestSet)
                {
                    shapes.Add(shape);
                }
            }
        }

        return shapes;
    }

    private static NamedShape Parse(string line, string place)
    {
        string[] cells = line.Split(',');
        if (cells.Length != Columns)
        {
            throw new InvalidDataException($"{place}: expected {Columns} columns, received {cells.Length}");
        }

        int[] n = new int[Columns - Names];
        for (int index = 0; index < n.Length; index++)
        {
            if (!int.TryParse(cells[index + Names], NumberStyles.None, CultureInfo.InvariantCulture, out n[index]))
            {
                throw new InvalidDataException($"{place}: column {index + Names + 1} expects a whole number, received '{cells[index + Names]}'");
            }
        }

        try
        {
            var shape = Conv2dShape.Create(
                batch: n[0],
                inChannels: n[2],
                height: n[3],
                width: n[4],
                outChannels: n[5],
                kernel: (n[6], n[7]),
                stride: (n[8], n[9]),
                padding: (n[10], n[11]),
                dilation: (n[12], n[13]),
                groups: n[1]);
            return new NamedShape(cells[0], cells[1], shape);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{place}: {exception.Message}", exception);
        }
    }
}
