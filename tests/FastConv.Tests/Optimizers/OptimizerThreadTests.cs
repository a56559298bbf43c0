using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Optimizers;

[Collection(ThreadCases.Collection)]
public sealed class OptimizerThreadTests
{
    public static TheoryData<string> Names => OptimizerCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_have_the_same_bits_on_any_number_of_threads(string name) => ThreadCases.AssertSameBitsOnAnyThreads(() =>
    {
        return StepTwice(name);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_have_the_same_bits_over_all_vectors(string name) => VectorCases.AssertSameBitsOverAllVectors(() => StepTwice(name));

    [Fact]
    public void A_warm_step_over_several_threads_allocates_nothing()
    {
        Optimizer optimizer = new Adam(OptimizerCases.Parameters(70_001));
        AllocationCases.AssertWarmCallAllocatesNothingHere(optimizer.Step);
    }

    private static float[] StepTwice(string name)
    {
        Parameter[] parameters = OptimizerCases.Parameters(70_001, 5, 18, 40_000);
        Optimizer optimizer = OptimizerCases.Get(name).Create(parameters);
        optimizer.MaxGradientNorm = 10;
        for (int step = 1; step <= 2; step++)
        {
            Array.ForEach(parameters, parameter => OptimizerCases.SetGradient(parameter, step));
            optimizer.Step();
        }

        return
        [
            .. parameters.SelectMany(parameter => parameter.Value.Span.ToArray()),
            .. optimizer.State.SelectMany(state => state.Value.Span.ToArray()),
            (float)optimizer.LastGradientNorm!.Value,
        ];
    }
}
