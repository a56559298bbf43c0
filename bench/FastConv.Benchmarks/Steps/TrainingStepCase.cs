using FastConv.Benchmarks.Peers;
using FastConv.Cli.Models;
using FastConv.Optimizers;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>Gradients to zero, forward, loss, backward without the gradient of the images, and Adam.</summary>
internal sealed class TrainingStepCase(ModelRecipe recipe, int batch) : StepCase(StepKinds.Step, recipe.Name, "train", batch)
{
    public override double RowSeconds => 8;

    public override double WarmUpShare => 0.3;

    public override string? Compare(ReadOnlySpan<float> own, ReadOnlySpan<float> other) => ResultCheck.DescribeNorm(own, other);

    public override OwnSide Prepare() => new TrainingStepSide(recipe, Batch);
}

/// <summary>FastConv's side of a training step. Compared are the loss and all gradients.</summary>
internal sealed class TrainingStepSide(ModelRecipe recipe, int batch) : NetworkSide(recipe, batch, StepKinds.Step)
{
    /// <summary>So low that thousands of steps on one batch stay where they began, and no gradient becomes subnormal.</summary>
    public const double LearningRate = 1e-6;

    private Adam? _optimizer;
    private float _loss;

    public override int ResultLength => 1 + Model.Parameters.Sum(parameter => parameter.Gradient.Length);

    public override void Run()
    {
        _optimizer ??= new Adam(Model.Parameters, LearningRate);
        _optimizer.ZeroGradients();
        Tensor prediction = Model.Forward(Input);
        _loss = Loss.Forward(prediction, Labels);
        Model.Backward(Loss.Backward(), needsInputGradient: false);
        _optimizer.Step();
    }

    public override void CopyResult(Span<float> result)
    {
        result[0] = _loss;
        int offset = 1;
        foreach (Parameter parameter in Model.Parameters)
        {
            parameter.Gradient.Values.CopyTo(result[offset..]);
            offset += parameter.Gradient.Length;
        }
    }
}
