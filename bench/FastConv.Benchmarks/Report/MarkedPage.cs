namespace FastConv.Benchmarks.Report;

/// <summary>A Markdown page with places that this program fills: between <c>begin</c> and <c>end</c> of a name; the rest belongs to people.</summary>
internal sealed class MarkedPage
{
    private readonly string _path;
    private string _text;

    /// <exception cref="IOException">The page cannot be read.</exception>
    public MarkedPage(string path) => (_path, _text) = (path, File.ReadAllText(path));

    /// <summary>Replaces what stands between the marks.</summary>
    /// <exception cref="InvalidDataException">The page has no such place.</exception>
    public void Fill(string name, string content)
    {
        string begin = $"<!-- begin: {name} -->";
        string end = $"<!-- end: {name} -->";
        int first = _text.IndexOf(begin, StringComparison.Ordinal) is >= 0 and var found ? found + begin.Length : -1;
        int last = first < 0 ? -1 : _text.IndexOf(end, first, StringComparison.Ordinal);
        if (last < 0)
        {
            throw new InvalidDataException($"{_path}: expected '{begin}' and then '{end}'");
        }

        _text = $"{_text[..first]}\n\n{content.TrimEnd()}\n\n{_text[last..]}";
    }

    /// <exception cref="IOException">The page cannot be written.</exception>
    public void Save() => File.WriteAllText(_path, _text);
}
