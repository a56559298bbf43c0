using System.Globalization;
using System.Runtime.InteropServices;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Peers;

/// <summary>PyTorch in a process of its own, which runs <c>Torch/torch_peer.py</c>.</summary>
internal sealed class TorchPeer : IWorkloadPeer
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Torch", "torch_peer.py");

    private TorchPeer(PeerProcess process, string description)
    {
        Process = process;
        Description = description;
    }

    public string Name => PeerNames.Torch;

    public string Description { get; }

    public TimeSpan ProcessorTime => Process.ProcessorTime;

    /// <summary>For requests that <see cref="Prepare"/> does not make.</summary>
    public PeerProcess Process { get; }

    /// <exception cref="PeerException">No interpreter can import torch.</exception>
    public static TorchPeer Start(int threads)
    {
        foreach (string interpreter in Interpreters)
        {
            string count = threads.ToString(CultureInfo.InvariantCulture);
            if (PeerProcess.TryStart(PeerNames.Torch, interpreter, ["-u", Script], ("OMP_NUM_THREADS", count)) is { } process)
            {
                return new TorchPeer(process, process.Greeting);
            }
        }

        throw new PeerException("no python3 can import torch");
    }

    public IPeerCall Prepare(Workload workload, Operands operands, int threads)
    {
        return new PeerProcessCall(
            Process, WriteOperands, workload.ResultLength, path => Preparation(((ConvolutionWorkload)workload).Shape, workload.Pass, threads, path));

        void WriteOperands(Stream file)
        {
            file.Write(MemoryMarshal.AsBytes(operands.First.Span));
            file.Write(MemoryMarshal.AsBytes(operands.Second.Span));
        }
    }

    public void Dispose() => Process.Dispose();

    private static object Preparation(Conv2dShape shape, string direction, int threads, string path) => new
    {
        verb = "prepare",
        subject = "convolution",
        path,
        direction,
        threads,
        input = Sizes(shape.InputShape),
        weight = Sizes(shape.WeightShape),
        output = Sizes(shape.OutputShape),
        stride = new[] { shape.Vertical.Stride, shape.Horizontal.Stride },
        padding = new[] { shape.Vertical.PaddingBefore, shape.Horizontal.PaddingBefore },
        dilation = new[] { shape.Vertical.Dilation, shape.Horizontal.Dilation },
        groups = shape.Groups,
    };

    private static int[] Sizes(TensorShape shape) => shape.Dimensions.ToArray();
}
