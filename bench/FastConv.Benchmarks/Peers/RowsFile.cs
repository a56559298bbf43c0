using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FastConv.Benchmarks.Peers;

/// <summary>The file of results: a JSON array of rows, whole at any time. Without a path there is none.</summary>
internal sealed class RowsFile<TRow>
{
    private readonly string? _path;
    private readonly JsonTypeInfo<List<TRow>> _type;
    private readonly List<TRow> _rows = [];

    /// <exception cref="IOException">The file cannot be written.</exception>
    public RowsFile(string? path, JsonTypeInfo<List<TRow>> type)
    {
        (_path, _type) = (path, type);
        Write();
    }

    public void Add(TRow row) => _rows.Add(row);

    /// <summary>Writes all rows so far, beside the file and then in its place.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write()
    {
        if (_path is null)
        {
            return;
        }

        string next = _path + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(_rows, _type));
        File.Move(next, _path, overwrite: true);
    }
}
