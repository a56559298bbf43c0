using FastConv.Kernels.Elementwise;
using FastConv.Kernels.Winograd;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// The weights' gradient, block by block of tiles in ascending order. Threads share the blocks where there are enough, since what one core has
/// brought to points is far from the others: then every block's gradient is kept until all are added, in the same order. Where there are few,
/// threads share each block.
/// </summary>
internal static unsafe class WinogradGradient<TWinograd>
    where TWinograd : struct, IWinograd
{
    private const int FewestBlocksPerThread = 2;

    // Floats of all blocks' gradients: 16 MB, whatever the layer.
    private const int MostGradients = 1 << 22;
    private const int FewestWeightsPerPart = 4096;

    /// <summary>Adds to gradWeight.</summary>
    public static void Run(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        var alone = new WinogradGradientBlocks<TWinograd>(shape, threads: 1);
        int weights = shape.WeightShape.Length;
        if (maxThreads > 1 && alone.Count >= FewestBlocksPerThread * maxThreads && (long)alone.Count * weights <= MostGradients)
        {
            ShareBlocks(alone, weights, input, gradOutput, gradWeight, Math.Min(maxThreads, alone.Count));
            return;
        }

        var blocks = new WinogradGradientBlocks<TWinograd>(shape, maxThreads);
        using var workspace = Workspace.Rent(blocks.WorkspaceLength);
        float* own = workspace.Take(blocks.WorkspaceLength);
        for (int block = 0; block < blocks.Count; block++)
        {
            blocks.Add(block, input, gradOutput, gradWeight, own);
        }
    }

    private static void ShareBlocks(
        WinogradGradientBlocks<TWinograd> blocks, int weights, float* input, float* gradOutput, float* gradWeight, int threads)
    {
        int gradientLength = Workspace.SizeOf(weights);
        int workerLength = Workspace.SizeOf(blocks.WorkspaceLength);
        using var workspace = Workspace.Rent(checked(blocks.Count * gradientLength + threads * workerLength));
        float* gradients = workspace.Take(blocks.Count * gradientLength);
        var job = new BlockJob(blocks, input, gradOutput, gradients, gradientLength, weights, workspace.Take(threads * workerLength), workerLength);
        WorkerTeam.Run(ref job, blocks.Count, threads);
        var parts = new Partition(weights, threads, FewestWeightsPerPart);
        var sum = new SumJob(parts, gradients, gradientLength, blocks.Count, gradWeight);
        WorkerTeam.Run(ref sum, parts.Parts, threads);
    }

    private readonly struct BlockJob(
        WinogradGradientBlocks<TWinograd> blocks,
        float* input,
        float* gradOutput,
        float* gradients,
        int gradientLength,
        int weights,
        float* workspace,
        int workerLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            float* gradient = gradients + (nint)index * gradientLength;
            new Span<float>(gradient, weights).Clear();
            blocks.Add(index, input, gradOutput, gradient, workspace + (nint)worker * workerLength);
        }
    }

    private readonly struct SumJob(Partition parts, float* gradients, int gradientLength, int count, float* gradWeight) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            float* target = gradWeight + parts.Start(index);
            for (int block = 0; block < count; block++)
            {
                float* gradient = gradients + (nint)block * gradientLength + parts.Start(index);
                MapKernel.Binary(default(AddOperator), target, gradient, target, parts.End(index) - parts.Start(index));
            }
        }
    }
}
