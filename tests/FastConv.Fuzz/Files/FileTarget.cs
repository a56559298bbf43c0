using System.Text;

namespace FastConv.Fuzz.Files;

/// <summary>A reader of files: the input is the file, which is mutated.</summary>
/// <param name="name">Of the target, and of the file.</param>
/// <param name="words">What files of the format are made of.</param>
internal abstract class FileTarget(string name, params string[] words) : IFuzzTarget
{
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    public string Name => name;

    public virtual long MostBytes => 64 << 20;

    public abstract IEnumerable<byte[]> Seeds(Random random);

    public byte[] Next(IReadOnlyList<byte[]> corpus, Random random) => ByteMutation.Of(corpus, _words, random);

    public string Run(byte[] input, string folder)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, input);
        return Read(path);
    }

    public virtual bool IsDocumented(Exception exception) => exception is InvalidDataException;

    /// <summary>Reads the file with all its contents.</summary>
    protected abstract string Read(string path);
}
