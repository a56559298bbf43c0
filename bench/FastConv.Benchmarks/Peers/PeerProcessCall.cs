using System.Runtime.InteropServices;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// A workload in a process of its own. Tensors go through a file: the operands from its start, the result at its end. The process measures
/// its own time, so the pipe is not in it.
/// </summary>
internal sealed class PeerProcessCall : IPeerCall
{
    private readonly PeerProcess _process;
    private readonly string _path = Path.GetTempFileName();

    /// <param name="process">Is asked to prepare, to run and for the result.</param>
    /// <param name="writeOperands">All that the process reads.</param>
    /// <param name="resultLength">Floats.</param>
    /// <param name="preparation">The request, made of the file's path.</param>
    /// <exception cref="PeerException">The engine refuses the workload or has failed.</exception>
    public PeerProcessCall(PeerProcess process, Action<Stream> writeOperands, int resultLength, Func<string, object> preparation)
    {
        _process = process;
        try
        {
            using (FileStream file = File.Create(_path))
            {
                writeOperands(file);
                file.SetLength(file.Position + (long)resultLength * sizeof(float));
            }

            process.Ask(preparation(_path));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public double Run(int calls) => _process.AskNumber(new { verb = "run", calls });

    public void ReadResult(Span<float> result)
    {
        _process.Ask(new { verb = "result" });
        using FileStream file = File.OpenRead(_path);
        file.Position = file.Length - (long)result.Length * sizeof(float);
        file.ReadExactly(MemoryMarshal.AsBytes(result));
    }

    public void Dispose() => File.Delete(_path);
}
