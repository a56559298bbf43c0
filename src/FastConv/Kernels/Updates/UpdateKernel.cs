using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// The one loop of all optimisers: a single pass that reads value, gradient and state once and writes value and state once. Elements
/// behind the last whole vector are done one by one with the same formula.
/// </summary>
internal static class UpdateKernel
{
    /// <summary>Updates the elements [start, end).</summary>
    public static void Run<TUpdate>(TUpdate update, int start, int end)
        where TUpdate : struct, IUpdate
    {
        Debug.Assert(start >= 0 && start <= end);
        var call = new Call<TUpdate>(update, start, end);
        SimdDispatch.Run(ref call);
    }

    private readonly struct Call<TUpdate>(TUpdate update, int start, int end) : ISimdOperation
        where TUpdate : struct, IUpdate
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                update.Apply<V>(i);
            }

            for (; i < end; i++)
            {
                update.Apply<V1>(i);
            }
        }
    }
}
