using System.Runtime.Intrinsics;
using FastConv.Cli.Models;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

/// <summary>What a training step of every model of the command promises.</summary>
[Collection(ThreadCases.Collection)]
public sealed class ModelStepTests
{
    private const int Batch = 3;

    public static TheoryData<string> Names => [.. ModelRegistry.All.Select(recipe => recipe.Name)];

    // Without vectors the large models would take minutes.
    private static int Steps => Vector128.IsHardwareAccelerated ? 20 : 2;

    [Theory]
    [MemberData(nameof(Names))]
    public void Twenty_steps_have_the_same_bits_on_any_number_of_threads(string name) => ThreadCases.AssertSameBitsOnAnyThreads(() =>
    {
        var run = new Run(name);
        List<float> results = [];
        for (int step = 0; step < Steps; step++)
        {
            results.Add(run.Step());
        }

        foreach (Parameter parameter in run.Model.Parameters)
        {
            results.AddRange(parameter.Value.Values);
        }

        return [.. results];
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_warm_step_allocates_nothing(string name)
    {
        var run = new Run(name);
        if (Vector128.IsHardwareAccelerated)
        {
            AllocationCases.AssertWarmCallAllocatesNothing(() => run.Step());
            return;
        }

        // A step takes so long then that the runtime allocates something on another thread during each.
        AllocationCases.AssertWarmCallAllocatesNothingHere(() => run.Step());
    }

    private sealed class Run
    {
        private readonly Loss _loss;
        private readonly Optimizer _optimizer;
        private readonly Tensor _images;
        private readonly int[] _labels;

        public Run(string name)
        {
            ModelRecipe recipe = ModelRegistry.Find(name)!;
            Model = recipe.Build(1);
            _loss = recipe.CreateLoss();
            _images = new Tensor(recipe.SampleShape.BatchOf(Batch));
            TestTensors.Random(1, _images.Length).CopyTo(_images.Span);
            _labels = [.. Enumerable.Range(0, Batch).Select(index => index % recipe.Classes)];
            Model.Build(_images.Shape);
            _optimizer = Optimizer.Create(recipe.Optimizer, Model.Parameters, recipe.LearningRate);
        }

        public Sequential Model { get; }

        public float Step()
        {
            float loss = _loss.Forward(Model.Forward(_images), _labels);
            _optimizer.ZeroGradients();
            Model.Backward(_loss.Backward(), needsInputGradient: false);
            _optimizer.Step();
            return loss;
        }
    }
}
