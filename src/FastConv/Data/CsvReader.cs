using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace FastConv.Data;

/// <summary>
/// Rows of comma-separated numbers, read as UTF-8 bytes with the invariant culture. A header is skipped; empty rows are allowed only at the
/// end.
/// </summary>
internal sealed class CsvReader : IDisposable
{
    private const int FirstCapacity = 1 << 16;
    private const int ShownCharacters = 40;

    private readonly string _path;
    private readonly CsvHeader _header;
    private readonly FileStream _stream;
    private byte[] _buffer = new byte[FirstCapacity];
    private int _start;
    private int _end;

    public CsvReader(string path, CsvHeader header)
    {
        _path = path;
        _header = header;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    }

    /// <summary>The row read last, from 1: the line of the file.</summary>
    public int Row { get; private set; }

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads the next row that holds numbers, one for each value.</summary>
    /// <param name="values">Overwritten with the row.</param>
    /// <param name="areBytes">Whether every value is an integer in [0, 255].</param>
    /// <returns>False at the end of the file.</returns>
    public bool TryReadRow(Span<float> values, out bool areBytes)
    {
        areBytes = true;
        if (!TryReadLine(out ReadOnlySpan<byte> line))
        {
            return false;
        }

        if (Row == 1 && IsHeader(line) && !TryReadLine(out line))
        {
            return false;
        }

        if (line.IsEmpty)
        {
            RequireOnlyEmptyRows(values.Length);
            return false;
        }

        for (int column = 0; column < values.Length; column++)
        {
            if (column > 0 && line.IsEmpty)
            {
                throw Refuse(column + 1, $"{values.Length} columns", $"{column}");
            }

            int comma = line.IndexOf((byte)',');
            ReadOnlySpan<byte> field = (comma < 0 ? line : line[..comma]).Trim(" \t"u8);
            if (!TryParse(field, out values[column], out bool isByte))
            {
                throw Refuse(column + 1, "a finite number", $"'{Shorten(field)}'");
            }

            areBytes &= isByte;
            line = comma < 0 ? [] : line[(comma + 1)..];
            if (comma >= 0 && column == values.Length - 1)
            {
                throw Refuse(column + 2, $"{values.Length} columns", "more");
            }
        }

        return true;
    }

    /// <summary>The exception for what stands in a column (from 1) of the row read last.</summary>
    public InvalidDataException Refuse(int column, string expected, string received) =>
        new($"{_path}: row {Row}, column {column}: expected {expected}, received {received}.");

    private static bool TryParse(ReadOnlySpan<byte> field, out float value, out bool isByte)
    {
        if (Utf8Parser.TryParse(field, out byte small, out int consumed) && consumed == field.Length)
        {
            value = small;
            isByte = true;
            return true;
        }

        bool isNumber = float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
        isByte = value is >= 0 and <= byte.MaxValue && value == MathF.Floor(value);
        return isNumber;
    }

    private bool IsHeader(ReadOnlySpan<byte> line)
    {
        if (_header != CsvHeader.Auto)
        {
            return _header == CsvHeader.Present;
        }

        foreach (Range field in line.Split((byte)','))
        {
            if (TryParse(line[field].Trim(" \t"u8), out _, out _))
            {
                return false;
            }
        }

        return !line.IsEmpty;
    }

    private static string Shorten(ReadOnlySpan<byte> field)
    {
        string text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, ShownCharacters)]);
        return field.Length > ShownCharacters ? text + "..." : text;
    }

    private void RequireOnlyEmptyRows(int columns)
    {
        int empty = Row;
        while (TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (!line.IsEmpty)
            {
                Row = empty;
                throw Refuse(1, $"{columns} columns", "an empty row before the end of the file");
            }
        }
    }

    // One line without its end; the bytes stay valid until the next call.
    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        int length;
        while ((length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n')) < 0)
        {
            searched = _end - _start;
            if (!TryFill())
            {
                line = Take(searched);
                return searched > 0;
            }
        }

        line = Take(searched + length + 1);
        return true;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length).TrimEnd("\r\n"u8);
        _start += length;
        return Row++ == 0 && line.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
    }

    // Moves what is unread to the front, doubles the buffer where it is full, and reads more.
    private bool TryFill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_end == Array.MaxLength)
            {
                throw new InvalidDataException($"{_path}: row {Row + 1}: expected at most {Array.MaxLength} bytes, received more.");
            }

            Array.Resize(ref _buffer, (int)Math.Min(2L * _end, Array.MaxLength));
        }

        int received = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += received;
        return received > 0;
    }
}
