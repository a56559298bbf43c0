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
        Parameter[] parameters = OptimizerCases.Parameters(70_001);
        Optimizer optimizer = OptimizerCases.Get(name).Create(parameters);
        for (int step = 1; step <= 2; step++)
        {
            OptimizerCases.SetGradient(parameters[0], step);
            optimizer.Step();
        }

        return [.. parameters[0].Value.Span, .. optimizer.State.SelectMany(state => state.Value.Span.ToArray())];
    });

    [Fact]
    public void A_warm_step_over_several_threads_allocates_nothing()
    {
        Optimizer optimizer = new Adam(OptimizerCases.Parameters(70_001));
        AllocationCases.AssertWarmCallAllocatesNothingHere(optimizer.Step);
    }
}
