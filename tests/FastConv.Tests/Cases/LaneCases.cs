using FastConv.Simd;

namespace FastConv.Tests.Cases;

/// <summary>The vectors of this CPU, one after the other, where they promise the same bits. For tests of the collection that runs alone.</summary>
internal static class LaneCases
{
    private static readonly int[] Lanes = SimdDispatch.HasFusedMultiplyAdd ? [16, 8, 4] : [SimdDispatch.LargestLanes];

    /// <summary>Runs the operation over vectors of different widths; every result has the bits of the first.</summary>
    /// <param name="run">Returns all outputs one after the other.</param>
    public static void AssertSameBitsInAnyVector(Func<float[]> run)
    {
        int before = SimdDispatch.LargestLanes;
        try
        {
            float[]? expected = null;
            foreach (int lanes in Lanes)
            {
                SimdDispatch.LargestLanes = lanes;
                float[] actual = run();
                expected ??= actual;
                TestTensors.AssertSameBits(expected, actual, $"at most {lanes} lanes");
            }
        }
        finally
        {
            SimdDispatch.LargestLanes = before;
        }
    }
}
