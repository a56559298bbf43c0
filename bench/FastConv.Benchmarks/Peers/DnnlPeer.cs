using System.Diagnostics;

namespace FastConv.Benchmarks.Peers;

/// <summary>oneDNN 2 in this process, on OpenMP's threads.</summary>
internal sealed unsafe class DnnlPeer : IWorkloadPeer
{
    private const int CpuEngine = 1;
    private const uint InOrder = 1;

    private DnnlPeer(string description, nint engine, nint stream) => (Description, Engine, Stream) = (description, engine, stream);

    public string Name => PeerNames.Dnnl;

    public string Description { get; }

    public nint Engine { get; }

    public nint Stream { get; }

    /// <exception cref="PeerException">There is no such library, or of another version.</exception>
    public static DnnlPeer Load()
    {
        try
        {
            int* version = DnnlNative.Version();
            if (version[0] != DnnlNative.Major)
            {
                throw new PeerException($"oneDNN {version[0]}.{version[1]} has another interface than version {DnnlNative.Major}");
            }

            DnnlNative.SetThreads(1);
            DnnlNative.Check(DnnlNative.CreateEngine(out nint engine, CpuEngine, index: 0), "dnnl_engine_create");
            DnnlNative.Check(DnnlNative.CreateStream(out nint stream, engine, InOrder), "dnnl_stream_create");
            return new DnnlPeer($"oneDNN {version[0]}.{version[1]}.{version[2]}", engine, stream);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new PeerException("libdnnl.so.2 or libgomp.so.1 cannot be loaded");
        }
    }

    public IPeerCall Prepare(Workload workload, Operands operands, int threads)
    {
        DnnlNative.SetThreads(threads);
        return workload is GemmWorkload gemm ? new GemmCall(gemm, operands) : new DnnlConvolution(this, (ConvolutionWorkload)workload, operands);
    }

    public void Dispose()
    {
        // Engine and stream live as long as the process.
    }

    private sealed class GemmCall(GemmWorkload workload, Operands operands) : IPeerCall
    {
        private readonly FloatBuffer _result = new(workload.ResultLength);

        public double Run(int calls)
        {
            (int m, int n, int k) = (workload.M, workload.N, workload.K);
            int status = 0;
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                status |= DnnlNative.Sgemm(
                    (byte)'N', (byte)'N', m, n, k, 1, operands.First.Pointer, k, operands.Second.Pointer, n, 0, _result.Pointer, n);
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            DnnlNative.Check(status, "dnnl_sgemm");
            return seconds;
        }

        public void ReadResult(Span<float> result)
        {
            Run(calls: 1);
            _result.Span.CopyTo(result);
        }

        public void Dispose() => _result.Dispose();
    }
}
