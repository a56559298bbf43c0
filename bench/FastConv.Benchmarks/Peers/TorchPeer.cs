using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// PyTorch in a process of its own that works only when asked: a line of JSON to it, a line back. Tensors go through a file. It measures its
/// own time, so the pipe is not in it.
/// </summary>
internal sealed class TorchPeer : IPeer
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Peers", "torch_peer.py");

    private readonly Process _process;

    private TorchPeer(Process process, string description)
    {
        _process = process;
        Description = description;
    }

    public string Name => PeerNames.Torch;

    public string Description { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;
        }
    }

    /// <exception cref="PeerException">No interpreter can import torch.</exception>
    public static TorchPeer Start(int threads)
    {
        foreach (string interpreter in Interpreters)
        {
            var start = new ProcessStartInfo(interpreter, ["-u", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
            try
            {
                Process process = Process.Start(start)!;
                if (process.StandardOutput.ReadLine() is { } description)
                {
                    return new TorchPeer(process, $"{description}, {interpreter}");
                }

                process.Dispose();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such interpreter.
            }
        }

        throw new PeerException("no python3 can import torch");
    }

    public IPeerCall Prepare(Workload workload, Operands operands, int threads) => new Call(this, (ConvolutionWorkload)workload, operands, threads);

    public void Dispose()
    {
        try
        {
            // The end of its input ends it.
            _process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string Ask(object request)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw new PeerException("torch has stopped");
        }

        string answer = _process.StandardOutput.ReadLine() ?? throw new PeerException("torch has stopped");
        return answer.StartsWith("error ", StringComparison.Ordinal) ? throw new PeerException($"torch: {answer["error ".Length..]}") : answer;
    }

    private sealed class Call : IPeerCall
    {
        private readonly TorchPeer _owner;
        private readonly string _path = Path.GetTempFileName();

        public Call(TorchPeer owner, ConvolutionWorkload workload, Operands operands, int threads)
        {
            _owner = owner;
            try
            {
                WriteOperands(workload, operands);
                owner.Ask(Preparation(workload, threads));
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public double Run(int calls) => double.Parse(_owner.Ask(new { verb = "run", calls }), CultureInfo.InvariantCulture);

        public void ReadResult(Span<float> result)
        {
            _owner.Ask(new { verb = "result" });
            using FileStream file = File.OpenRead(_path);
            file.Position = file.Length - (long)result.Length * sizeof(float);
            file.ReadExactly(MemoryMarshal.AsBytes(result));
        }

        public void Dispose() => File.Delete(_path);

        private void WriteOperands(ConvolutionWorkload workload, Operands operands)
        {
            using FileStream file = File.Create(_path);
            file.Write(MemoryMarshal.AsBytes(operands.First.Span));
            file.Write(MemoryMarshal.AsBytes(operands.Second.Span));
            file.SetLength(file.Length + (long)workload.ResultLength * sizeof(float));
        }

        private object Preparation(ConvolutionWorkload workload, int threads)
        {
            Conv2dShape shape = workload.Shape;
            return new
            {
                verb = "prepare",
                path = _path,
                direction = workload.Pass,
                threads,
                input = Sizes(shape.InputShape),
                weight = Sizes(shape.WeightShape),
                output = Sizes(shape.OutputShape),
                stride = new[] { shape.Vertical.Stride, shape.Horizontal.Stride },
                padding = new[] { shape.Vertical.PaddingBefore, shape.Horizontal.PaddingBefore },
                dilation = new[] { shape.Vertical.Dilation, shape.Horizontal.Dilation },
                groups = shape.Groups,
            };
        }

        private static int[] Sizes(TensorShape shape) => shape.Dimensions.ToArray();
    }
}
