using FastConv.Benchmarks.Steps;
using FastConv.Cli.Models;
using FastConv.Layers;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Suites;

/// <summary>Calls of whole networks of the command, for which there is no loop that anybody would write instead.</summary>
public abstract class NetworkSuite : Suite
{
    private OwnSide _side = null!;
    private long _multiplyAdds;

    internal override IEnumerable<string> Names => Cases.Select(NameOf);

    internal abstract IEnumerable<StepCase> Cases { get; }

    internal override WorkUnit Unit => WorkUnit.Flops;

    internal override double Amount => 2.0 * _multiplyAdds;

    internal override void Prepare()
    {
        StepCase step = Cases.First(step => NameOf(step) == Call);
        ModelRecipe recipe = ModelRegistry.Find(step.Name)!;
        _multiplyAdds = MultiplyAdds(recipe.Build(ModelRecipe.DefaultSeed), recipe.SampleShape.BatchOf(step.Batch));
        _side = step.Prepare();
    }

    /// <summary>Multiply-adds of one call.</summary>
    internal abstract long MultiplyAdds(Sequential model, TensorShape inputShape);

    // BenchmarkDotNet consumes what comes back.
    private protected object Run()
    {
        _side.Run();
        return _side;
    }

    private static string NameOf(StepCase step) => $"{step.Name}, batch {step.Batch}";
}
