using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Peers;

/// <summary>A pass of a convolution over NCHW tensors, without bias, by the usual algorithm where none is given.</summary>
internal sealed class ConvolutionWorkload(
    string set, string name, Conv2dShape shape, ConvolutionPassName pass, ConvolutionOptions? chosen = null)
    : Workload(set, name, pass.ToText(), shape.Batch)
{
    private readonly ConvolutionOptions _options = chosen ?? ConvolutionOptions.Default;
    private readonly PackedFilters _kept = new();

    public Conv2dShape Shape => shape;

    public ConvolutionPassName Direction => pass;

    public TensorShape FirstShape => pass == ConvolutionPassName.BackwardInput ? shape.OutputShape : shape.InputShape;

    public TensorShape SecondShape => pass == ConvolutionPassName.BackwardWeight ? shape.OutputShape : shape.WeightShape;

    public TensorShape ResultShape => pass switch
    {
        ConvolutionPassName.Forward => shape.OutputShape,
        ConvolutionPassName.BackwardInput => shape.InputShape,
        _ => shape.WeightShape,
    };

    public override int FirstLength => FirstShape.Length;

    public override int SecondLength => SecondShape.Length;

    public override int ResultLength => ResultShape.Length;

    public override double Flops => 2.0 * shape.MultiplyAdds;

    public override string Algorithm => ConvolutionPlan.Choose("peers", shape, pass switch
    {
        ConvolutionPassName.Forward => ConvolutionPass.Forward,
        ConvolutionPassName.BackwardInput => ConvolutionPass.BackwardInput,
        _ => ConvolutionPass.BackwardWeight,
    }, _options).Algorithm.ToString();

    public override void Run(Operands operands) => Run(operands, _options, default);

    public override void RunKept(Operands operands) => Run(operands, _options, new FilterVersion(_kept, 0));

    public void Run(Operands operands, ConvolutionOptions options, FilterVersion filters)
    {
        switch (pass)
        {
            case ConvolutionPassName.Forward:
                Conv2dPrimitives.Forward(shape, operands.First.Span, operands.Second.Span, [], operands.Result.Span, options, filters);
                break;
            case ConvolutionPassName.BackwardInput:
                Conv2dPrimitives.BackwardInput(shape, operands.First.Span, operands.Second.Span, operands.Result.Span, options, filters);
                break;
            default:
                Conv2dPrimitives.BackwardWeight(shape, operands.First.Span, operands.Second.Span, operands.Result.Span, [], options);
                break;
        }
    }
}
