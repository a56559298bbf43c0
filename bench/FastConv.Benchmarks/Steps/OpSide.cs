using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>The tensors of an operation.</summary>
internal sealed record OpBuffers(IReadOnlyList<Tensor> Inputs, Tensor Result)
{
    public Tensor X => Inputs[0];

    /// <summary>The gradient of the output, in backward.</summary>
    public Tensor GradOutput => Inputs[^1];

    /// <summary>An input of whole numbers as labels.</summary>
    public int[] Labels(int input) => Array.ConvertAll(Inputs[input].Values.ToArray(), value => (int)value);
}

/// <summary>FastConv's side of an operation.</summary>
internal sealed class OpSide : OwnSide
{
    private readonly OpCase _case;
    private readonly OpBuffers _buffers;
    private readonly Action _run;

    public OpSide(OpCase step)
    {
        _case = step;
        var random = new RandomSource(seed: 1);
        _buffers = new OpBuffers([.. step.Inputs.Select(input => Fill(input, random))], new Tensor(step.Result));
        _run = step.Bind(_buffers);
    }

    public override IReadOnlyList<Tensor> Operands => _buffers.Inputs;

    public override int ResultLength => _buffers.Result.Length;

    public override void Run() => _run();

    public override void CopyResult(Span<float> result) => _buffers.Result.Values.CopyTo(result);

    public override object TorchRequest(string? path, int threads) => new
    {
        verb = "prepare",
        subject = "op",
        path,
        threads,
        op = _case.Op,
        direction = _case.Pass,
        inputs = _case.Inputs.Select(input => input.Shape.Dimensions.ToArray()),
        arguments = _case.Arguments,
    };

    private static Tensor Fill(OpInput input, RandomSource random)
    {
        var tensor = new Tensor(input.Shape);
        foreach (ref float value in tensor.Span)
        {
            value = input.Classes > 0 ? random.NextInt(input.Classes) : random.NextSingle(-1, 1);
        }

        return tensor;
    }
}
