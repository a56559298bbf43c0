using FastConv.Kernels.Winograd;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>Filters to be transformed to points, once for every change of the weights where a layer keeps them.</summary>
internal readonly unsafe struct WinogradFilters<TWinograd>(
    float* weight, int outputStride, int inputStride, bool isTurned, int outputs, int inputs, int maxThreads) : IPacking
    where TWinograd : struct, IWinograd
{
    /// <summary>Floats from one point to the next.</summary>
    public int PointLength => FilterTransform<TWinograd>.PointLength(outputs, inputs);

    public int Length => checked(TWinograd.Points * TWinograd.Points * PointLength);

    public void PackInto(float* packed)
    {
        var job = new PanelJob(weight, outputStride, inputStride, isTurned, outputs, inputs, packed);
        WorkerTeam.Run(ref job, FilterTransform<TWinograd>.Panels(outputs), maxThreads);
    }

    /// <summary>A piece of at most one panel of outputs, as [point][input][NR]; floats from one point to the next.</summary>
    public nint PieceInto(float* packed, int firstOutput, int outputs, int firstInput, int inputs)
    {
        float* first = weight + (nint)firstOutput * outputStride + (nint)firstInput * inputStride;
        FilterTransform<TWinograd>.Forward(first, outputStride, inputStride, isTurned, outputs, inputs, panel: 0, packed);
        return FilterTransform<TWinograd>.PointLength(outputs, inputs);
    }

    private readonly struct PanelJob(float* weight, nint outputStride, nint inputStride, bool isTurned, int outputs, int inputs, float* packed) : IParallelJob
    {
        public void Execute(int index, int worker) =>
            FilterTransform<TWinograd>.Forward(weight, outputStride, inputStride, isTurned, outputs, inputs, index, packed);
    }
}
