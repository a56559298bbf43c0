using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>What this machine can do at most, measured: the figures that a kernel's speed is compared with, in the same run.</summary>
public static class MachineLimits
{
    // 12 chains hide a latency of 4 to 6 cycles on two ports, and fit 16 registers.
    private const int Chains = 12;
    private const long MultiplyAddsPerMeasurement = 4_000_000;

    /// <summary>The instruction set in force: AVX-512, AVX2, NEON, Vector128, Vector256 or scalar.</summary>
    public static string InstructionSet => SimdDispatch.InstructionSet;

    /// <summary>One run of a loop of register-only multiply-adds on one core, over the widest vectors in force.</summary>
    /// <returns>GFLOP/s, a multiply-add counted as two; take the best of many.</returns>
    public static double MeasureMultiplyAdds()
    {
        long start = Stopwatch.GetTimestamp();
        long done = RunMultiplyAdds(MultiplyAddsPerMeasurement);
        return 2.0 * done / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }

    /// <summary>Does at least so many multiply-adds in registers on one core; returns how many.</summary>
    internal static long RunMultiplyAdds(long count)
    {
        var operation = new MultiplyAddLoop(count);
        SimdDispatch.Run(ref operation);
        return operation.Done;
    }

    private struct MultiplyAddLoop(long count) : ISimdOperation
    {
        public long Done { get; private set; }

        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            long perStep = Chains * V.Count;
            long steps = (count + perStep - 1) / perStep;
            Loop<V>(steps, 1f, 0.25f);
            Done = steps * perStep;
        }

        // Never inlined, since in a larger method the accumulators would not all get registers; optimised from the first call on,
        // since a limit measured in unoptimised code is none.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static V Loop<V>(long steps, float factor, float addend)
            where V : struct, IVector<V>
        {
            V a = V.Broadcast(factor);
            V b = V.Broadcast(addend);
            V c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
            for (; steps > 0; steps--)
            {
                c0 = V.FusedMultiplyAdd(a, b, c0);
                c1 = V.FusedMultiplyAdd(a, b, c1);
                c2 = V.FusedMultiplyAdd(a, b, c2);
                c3 = V.FusedMultiplyAdd(a, b, c3);
                c4 = V.FusedMultiplyAdd(a, b, c4);
                c5 = V.FusedMultiplyAdd(a, b, c5);
                c6 = V.FusedMultiplyAdd(a, b, c6);
                c7 = V.FusedMultiplyAdd(a, b, c7);
                c8 = V.FusedMultiplyAdd(a, b, c8);
                c9 = V.FusedMultiplyAdd(a, b, c9);
                c10 = V.FusedMultiplyAdd(a, b, c10);
                c11 = V.FusedMultiplyAdd(a, b, c11);
            }

            return c0 + c1 + c2 + c3 + (c4 + c5 + c6 + c7) + (c8 + c9 + c10 + c11);
        }
    }
}
