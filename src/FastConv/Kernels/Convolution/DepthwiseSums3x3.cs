using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// <see cref="DepthwiseSums"/> for three rows of three taps, one output row apart: it walks down the input, and each of its rows meets the last
/// three rows of the gradient, which stay in registers. Every sum adds in the same order as there.
/// </summary>
internal static unsafe class DepthwiseSums3x3
{
    private const int Lanes = SimdDispatch.ReductionLanes;

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
        Debug.Assert(Lanes % V.Count == 0 && rows > 1);
        (nint column0, nint column1, nint column2) = (offsets[0], offsets[1], offsets[2]);
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
            float* row = x + column;
            float* gradient = g + column;
            V x0, x1, x2;
            V older = V.Select(mask, V.Load(gradient), V.Zero);
            x0 = V.Load(row + column0);
            x1 = V.Load(row + column1);
            x2 = V.Load(row + column2);
            sum0 = V.FusedMultiplyAdd(x0, older, sum0);
            sum1 = V.FusedMultiplyAdd(x1, older, sum1);
            sum2 = V.FusedMultiplyAdd(x2, older, sum2);
            row += xPitch;
            gradient += gPitch;
            V newer = V.Select(mask, V.Load(gradient), V.Zero);
            x0 = V.Load(row + column0);
            x1 = V.Load(row + column1);
            x2 = V.Load(row + column2);
            sum0 = V.FusedMultiplyAdd(x0, newer, sum0);
            sum1 = V.FusedMultiplyAdd(x1, newer, sum1);
            sum2 = V.FusedMultiplyAdd(x2, newer, sum2);
            sum3 = V.FusedMultiplyAdd(x0, older, sum3);
            sum4 = V.FusedMultiplyAdd(x1, older, sum4);
            sum5 = V.FusedMultiplyAdd(x2, older, sum5);
            for (int i = 2; i < rows; i++)
            {
                row += xPitch;
                gradient += gPitch;
                V newest = V.Select(mask, V.Load(gradient), V.Zero);
                x0 = V.Load(row + column0);
                x1 = V.Load(row + column1);
                x2 = V.Load(row + column2);
                sum0 = V.FusedMultiplyAdd(x0, newest, sum0);
                sum1 = V.FusedMultiplyAdd(x1, newest, sum1);
                sum2 = V.FusedMultiplyAdd(x2, newest, sum2);
                sum3 = V.FusedMultiplyAdd(x0, newer, sum3);
                sum4 = V.FusedMultiplyAdd(x1, newer, sum4);
                sum5 = V.FusedMultiplyAdd(x2, newer, sum5);
                sum6 = V.FusedMultiplyAdd(x0, older, sum6);
                sum7 = V.FusedMultiplyAdd(x1, older, sum7);
                sum8 = V.FusedMultiplyAdd(x2, older, sum8);
                older = newer;
                newer = newest;
            }

            row += xPitch;
            x0 = V.Load(row + column0);
            x1 = V.Load(row + column1);
            x2 = V.Load(row + column2);
            sum3 = V.FusedMultiplyAdd(x0, newer, sum3);
            sum4 = V.FusedMultiplyAdd(x1, newer, sum4);
            sum5 = V.FusedMultiplyAdd(x2, newer, sum5);
            sum6 = V.FusedMultiplyAdd(x0, older, sum6);
            sum7 = V.FusedMultiplyAdd(x1, older, sum7);
            sum8 = V.FusedMultiplyAdd(x2, older, sum8);
            row += xPitch;
            x0 = V.Load(row + column0);
            x1 = V.Load(row + column1);
            x2 = V.Load(row + column2);
            sum6 = V.FusedMultiplyAdd(x0, newer, sum6);
            sum7 = V.FusedMultiplyAdd(x1, newer, sum7);
            sum8 = V.FusedMultiplyAdd(x2, newer, sum8);
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
}
