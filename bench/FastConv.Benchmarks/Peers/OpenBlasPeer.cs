using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FastConv.Benchmarks.Peers;

/// <summary>OpenBLAS's cblas_sgemm, in this process.</summary>
internal sealed unsafe class OpenBlasPeer : IWorkloadPeer
{
    private const int RowMajor = 101;
    private const int NoTranspose = 111;

    // The build with threads of its own, before whichever the system prefers.
    private static readonly string[] Libraries =
    [
        "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0",
        "/usr/lib/aarch64-linux-gnu/openblas-pthread/libopenblas.so.0",
        "libopenblas.so.0",
    ];

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemm;
    private readonly delegate* unmanaged<int, void> _setThreads;

    private OpenBlasPeer(nint library)
    {
        _sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        _setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        Description = $"{Text(library, "openblas_get_config")}, kernels for {Text(library, "openblas_get_corename")}";
    }

    public string Name => PeerNames.OpenBlas;

    public string Description { get; }

    /// <exception cref="PeerException">There is no such library.</exception>
    public static OpenBlasPeer Load()
    {
        // CPUs that are newer than the library get kernels for AVX2 at most unless they are told.
        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported)
        {
            NativeEnvironment.SetDefault("OPENBLAS_CORETYPE", "SkylakeX");
        }

        // Idle threads spin for 2^26 cycles by default, into FastConv's turn; 2^24 end within the pause between turns.
        NativeEnvironment.SetDefault("OPENBLAS_THREAD_TIMEOUT", "24");
        foreach (string path in Libraries)
        {
            if (NativeLibrary.TryLoad(path, out nint library))
            {
                return new OpenBlasPeer(library);
            }
        }

        throw new PeerException("libopenblas.so.0 cannot be loaded");
    }

    public IPeerCall Prepare(Workload workload, Operands operands, int threads)
    {
        _setThreads(threads);
        return new Call(this, (GemmWorkload)workload, operands);
    }

    public void Dispose()
    {
        // Its threads live as long as the process.
    }

    private static string Text(nint library, string function) =>
        Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, function))()) ?? "";

    private sealed class Call(OpenBlasPeer owner, GemmWorkload workload, Operands operands) : IPeerCall
    {
        private readonly FloatBuffer _result = new(workload.ResultLength);

        public double Run(int calls)
        {
            (int m, int n, int k) = (workload.M, workload.N, workload.K);
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                owner._sgemm(
                    RowMajor, NoTranspose, NoTranspose, m, n, k, 1, operands.First.Pointer, k, operands.Second.Pointer, n, 0, _result.Pointer, n);
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public void ReadResult(Span<float> result)
        {
            Run(calls: 1);
            _result.Span.CopyTo(result);
        }

        public void Dispose() => _result.Dispose();
    }
}
