using FastConv.Cli.Models;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>The output for a batch, in evaluation mode.</summary>
internal sealed class PredictCase(ModelRecipe recipe, int batch) : StepCase(StepKinds.Predict, recipe.Name, OpCase.Forward, batch)
{
    public override double RowSeconds => 3;

    public override double WarmUpShare => 0.3;

    public override OwnSide Prepare() => new PredictSide(recipe, Batch);
}

/// <summary>FastConv's side of a prediction; the output is a new tensor in every call, as in the peers.</summary>
internal sealed class PredictSide(ModelRecipe recipe, int batch) : NetworkSide(recipe, batch, StepKinds.Predict)
{
    private Tensor? _output;

    public override int ResultLength => Model.OutputShape(Input.Shape).Length;

    public override void Run() => _output = Model.Predict(Input);

    public override void CopyResult(Span<float> result) => _output!.Values.CopyTo(result);
}
