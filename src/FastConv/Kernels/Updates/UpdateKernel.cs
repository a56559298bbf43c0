using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// A single pass that reads value, gradient and state once and writes value and state once. Elements behind the last whole vector are done one by
/// one with the same formula.
/// </summary>
internal static class UpdateKernel
{
    /// <summary>Updates all elements of the slice.</summary>
    public static void Run<TUpdate>(TUpdate update, in UpdateSlice slice)
        where TUpdate : struct, IUpdate
    {
        Debug.Assert(slice.Length >= 0);
        var call = new Call<TUpdate>(update, slice);
        SimdDispatch.Run(ref call);
    }

    private readonly struct Call<TUpdate>(TUpdate update, UpdateSlice slice) : ISimdOperation
        where TUpdate : struct, IUpdate
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int whole = slice.Length / V.Count * V.Count;
            update.Run<V>(slice, 0, whole);
            update.Run<V1>(slice, whole, slice.Length);
        }
    }
}
