using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// lanes[tap, lane] += sum over a band's rows and every 16th column of x[row, column + offset of the tap] * g[row, column], columns
/// outermost: for nine taps wherever they lie.
/// </summary>
internal static unsafe class DepthwiseSums
{
    /// <summary>Taps of one call: nine accumulators and one vector of the gradient fit 16 registers.</summary>
    public const int Taps = 9;

    private const int Lanes = SimdDispatch.ReductionLanes;

    /// <summary>So many taps, filled up to whole calls.</summary>
    public static int WholeGroups(int taps) => (taps + Taps - 1) / Taps * Taps;

    /// <param name="x">The padded input.</param>
    /// <param name="xPitch">Floats of the input between two output rows.</param>
    /// <param name="offsets">Where the taps of the first output lie.</param>
    /// <param name="g">The output gradient; what whole vectors read behind its rows does not count.</param>
    /// <param name="gPitch">Floats between its rows.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">Columns from the first of these lanes to the end of a row.</param>
    /// <param name="lanes">[taps, 16]: V.Count lanes of each are added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<V>(float* x, nint xPitch, int* offsets, float* g, nint gPitch, int rows, int columns, float* lanes)
        where V : struct, IVector<V>
    {
        Debug.Assert(Lanes % V.Count == 0 && rows > 0);
        (nint tap0, nint tap1, nint tap2) = (offsets[0], offsets[1], offsets[2]);
        (nint tap3, nint tap4, nint tap5) = (offsets[3], offsets[4], offsets[5]);
        (nint tap6, nint tap7, nint tap8) = (offsets[6], offsets[7], offsets[8]);
        V sum0 = V.Load(lanes);
        V sum1 = V.Load(lanes + 1 * Lanes);
        V sum2 = V.Load(lanes + 2 * Lanes);
        V sum3 = V.Load(lanes + 3 * Lanes);
        V sum4 = V.Load(lanes + 4 * Lanes);
        V sum5 = V.Load(lanes + 5 * Lanes);
        V sum6 = V.Load(lanes + 6 * Lanes);
        V sum7 = V.Load(lanes + 7 * Lanes);
        V sum8 = V.Load(lanes + 8 * Lanes);
        for (int column = 0; column < columns; column += Lanes)
        {
            V mask = V.MaskFirst(columns - column);
            float* gradient = g + column;
            float* row = x + column;
            for (int i = 0; i < rows; i++)
            {
                V factor = V.Select(mask, V.Load(gradient), V.Zero);
                sum0 = V.FusedMultiplyAdd(V.Load(row + tap0), factor, sum0);
                sum1 = V.FusedMultiplyAdd(V.Load(row + tap1), factor, sum1);
                sum2 = V.FusedMultiplyAdd(V.Load(row + tap2), factor, sum2);
                sum3 = V.FusedMultiplyAdd(V.Load(row + tap3), factor, sum3);
                sum4 = V.FusedMultiplyAdd(V.Load(row + tap4), factor, sum4);
                sum5 = V.FusedMultiplyAdd(V.Load(row + tap5), factor, sum5);
                sum6 = V.FusedMultiplyAdd(V.Load(row + tap6), factor, sum6);
                sum7 = V.FusedMultiplyAdd(V.Load(row + tap7), factor, sum7);
                sum8 = V.FusedMultiplyAdd(V.Load(row + tap8), factor, sum8);
                gradient += gPitch;
                row += xPitch;
            }
        }

        sum0.Store(lanes);
        sum1.Store(lanes + 1 * Lanes);
        sum2.Store(lanes + 2 * Lanes);
        sum3.Store(lanes + 3 * Lanes);
        sum4.Store(lanes + 4 * Lanes);
        sum5.Store(lanes + 5 * Lanes);
        sum6.Store(lanes + 6 * Lanes);
        sum7.Store(lanes + 7 * Lanes);
        sum8.Store(lanes + 8 * Lanes);
    }

    /// <summary>The sum of 16 lanes by a tree of halves.</summary>
    public static float Total(float* lanes)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }
}
