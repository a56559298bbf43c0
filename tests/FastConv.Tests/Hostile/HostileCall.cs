using FastConv.Tests.Cases;

namespace FastConv.Tests.Hostile;

/// <summary>What the call of a row is given: outputs that are watched, and a folder for its files.</summary>
internal sealed class HostileCall : IDisposable
{
    private const byte Untouched = 0xA5;

    private readonly List<float[]> _outputs = [];
    private readonly List<byte[]> _bytes = [];
    private TemporaryFolder? _folder;

    public TemporaryFolder Folder => _folder ??= new TemporaryFolder();

    /// <summary>NaN everywhere, and NaN it must be after the call.</summary>
    public float[] Output(int length)
    {
        float[] output = TestTensors.NaNs(length);
        _outputs.Add(output);
        return output;
    }

    /// <summary>The same for bytes.</summary>
    public byte[] Bytes(int length)
    {
        byte[] output = new byte[length];
        Array.Fill(output, Untouched);
        _bytes.Add(output);
        return output;
    }

    public void AssertNothingWritten()
    {
        _outputs.ForEach(output => TestTensors.AssertUntouched(output));
        _bytes.ForEach(output => Assert.DoesNotContain(output, value => value != Untouched));
    }

    public void Dispose() => _folder?.Dispose();
}
