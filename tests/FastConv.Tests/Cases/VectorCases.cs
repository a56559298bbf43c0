using FastConv.Simd;

namespace FastConv.Tests.Cases;

/// <summary>Runs over every width of vectors that has FMA. For tests that run alone.</summary>
internal static class VectorCases
{
    /// <summary>Every width gives the bits of the widest. Without FMA there is one width in force, and nothing to compare it with.</summary>
    /// <param name="run">Returns all outputs one after the other.</param>
    public static void AssertSameBitsOverAllVectors(Func<float[]> run)
    {
        float[] expected = run();
        int before = SimdDispatch.LargestLanes;
        try
        {
            foreach (int lanes in SimdDispatch.HasFusedMultiplyAdd ? (int[])[16, 8, 4] : [])
            {
                SimdDispatch.LargestLanes = lanes;
                TestTensors.AssertSameBits(expected, run(), $"{lanes} lanes");
            }
        }
        finally
        {
            SimdDispatch.LargestLanes = before;
        }
    }
}
