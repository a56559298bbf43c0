using FastConv.Counters;
using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// Filters to points, as panels [point][outputs / NR][input][NR] that products read, and the gradients at the points back to taps.
/// The weight of output o, input i and tap t lies at <c>o * outputStride + i * inputStride + t</c>; turned, at the last tap less t.
/// </summary>
/// <typeparam name="TWinograd">The transforms.</typeparam>
internal static unsafe class FilterTransform<TWinograd>
    where TWinograd : struct, IWinograd
{
    private const int CacheLine = 16;
    private const int InputsAtOnce = 8;

    /// <summary>Taps of a filter.</summary>
    public static int Taps => TWinograd.Taps * TWinograd.Taps;

    /// <summary>NR: outputs of a panel, two of the widest vectors or more of narrower ones.</summary>
    public const int PanelWidth = PointProduct.PanelWidth;

    /// <summary>Panels of so many outputs.</summary>
    public static int Panels(int outputs) => (outputs - 1) / PanelWidth + 1;

    /// <summary>Floats from one point to the next: an odd number of cache lines, or the points of a filter would compete for one set of the caches.</summary>
    public static int PointLength(int outputs, int inputs) => Panels(outputs) * inputs * PanelWidth + CacheLine;

    /// <summary>G g G^T of the filters of one panel.</summary>
    public static void Forward(float* weight, nint outputStride, nint inputStride, bool isTurned, int outputs, int inputs, int panel, float* points)
    {
        WorkCounters.AddFilters((long)Math.Min(PanelWidth, outputs - panel * PanelWidth) * inputs);
        var call = new ForwardCall(weight, outputStride, inputStride, isTurned, outputs, inputs, panel, points);
        SimdDispatch.Run(ref call);
    }

    /// <summary>gradWeight += A^T u A for u [point][input, output].</summary>
    /// <param name="points">At all points.</param>
    /// <param name="outputs">How many outputs.</param>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="gradWeight">Input i and tap t of output o at <c>o * outputStride + i * taps + t</c>.</param>
    /// <param name="outputStride">Between the outputs of the gradient.</param>
    public static void Gradient(PointMatrices points, int outputs, int inputs, float* gradWeight, nint outputStride)
    {
        var call = new GradientCall(points, outputs, inputs, gradWeight, outputStride);
        SimdDispatch.Run(ref call);
    }

    private readonly struct ForwardCall(
        float* weight, nint outputStride, nint inputStride, bool isTurned, int outputs, int inputs, int panel, float* points) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* taps = stackalloc float[Taps * V.Count];
            float* columns = stackalloc float[TWinograd.Points * TWinograd.Taps * V.Count];
            float* first = isTurned ? taps + (Taps - 1) * V.Count : taps;
            nint step = isTurned ? -V.Count : V.Count;
            nint pointLength = PointLength(outputs, inputs);
            for (int column = 0; column < PanelWidth; column += V.Count)
            {
                int output = panel * PanelWidth + column;
                int lanes = Math.Clamp(outputs - output, 0, V.Count);
                new Span<float>(taps, Taps * V.Count).Clear();
                for (int input = 0; input < inputs; input++)
                {
                    BlockTranspose.Copy(weight + output * outputStride + input * inputStride, outputStride, lanes, taps, V.Count, Taps);
                    for (int x = 0; x < TWinograd.Taps; x++)
                    {
                        TWinograd.Filter<V>(first + x * step, TWinograd.Taps * step, columns + x * V.Count, TWinograd.Taps * V.Count);
                    }

                    float* target = points + ((nint)panel * inputs + input) * PanelWidth + column;
                    for (int i = 0; i < TWinograd.Points; i++)
                    {
                        TWinograd.Filter<V>(columns + i * TWinograd.Taps * V.Count, V.Count, target + i * TWinograd.Points * pointLength, pointLength);
                    }
                }
            }
        }
    }

    private readonly struct GradientCall(PointMatrices points, int outputs, int inputs, float* gradWeight, nint outputStride) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* columns = stackalloc float[TWinograd.Points * TWinograd.Taps * V.Count];
            float* taps = stackalloc float[InputsAtOnce * Taps * V.Count];
            float* filters = stackalloc float[V.Count * InputsAtOnce * Taps];
            for (int output = 0; output < outputs; output += V.Count)
            {
                for (int first = 0; first < inputs; first += InputsAtOnce)
                {
                    int count = Math.Min(InputsAtOnce, inputs - first);
                    for (int input = 0; input < count; input++)
                    {
                        float* source = points.Place(first + input, output);
                        for (int j = 0; j < TWinograd.Points; j++)
                        {
                            TWinograd.FilterGradient<V>(
                                source + j * points.PointStride, TWinograd.Points * points.PointStride, columns + j * V.Count, TWinograd.Points * V.Count);
                        }

                        for (int i = 0; i < TWinograd.Taps; i++)
                        {
                            float* target = taps + (input * Taps + i * TWinograd.Taps) * V.Count;
                            TWinograd.FilterGradient<V>(columns + i * TWinograd.Points * V.Count, V.Count, target, V.Count);
                        }
                    }

                    int lanes = Math.Min(V.Count, outputs - output);
                    BlockTranspose.Copy(taps, V.Count, count * Taps, filters, count * Taps, lanes);
                    for (int lane = 0; lane < lanes; lane++)
                    {
                        Add<V>(filters + lane * count * Taps, gradWeight + (output + lane) * outputStride + first * Taps, count * Taps);
                    }
                }
            }
        }

        private static void Add<V>(float* source, float* destination, int length)
            where V : struct, IVector<V>
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                (V.Load(destination + i) + V.Load(source + i)).Store(destination + i);
            }

            if (i < length)
            {
                (V.LoadFirst(destination + i, length - i) + V.LoadFirst(source + i, length - i)).StoreFirst(destination + i, length - i);
            }
        }
    }
}
