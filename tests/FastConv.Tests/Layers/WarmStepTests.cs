using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

[Collection(ThreadCases.Collection)]
public sealed class WarmStepTests
{
    [Fact]
    public void A_step_allocates_nothing_even_when_the_batch_changes_between_two_sizes()
    {
        Layer model = ModelCases.Everything();
        Tensor full = ModelCases.Input(5);
        Tensor last = ModelCases.Input(2);
        Tensor gradFull = new(model.OutputShape(full.Shape));
        Tensor gradLast = new(model.OutputShape(last.Shape));
        AllocationCases.AssertWarmCallAllocatesNothing(() =>
        {
            model.Forward(full);
            model.Backward(gradFull);
            model.Forward(last);
            model.Backward(gradLast, needsInputGradient: false);
        });
    }

    [Fact]
    public void Outputs_and_gradients_are_the_same_tensors_in_every_step_of_a_size()
    {
        Layer model = ModelCases.Everything();
        Tensor full = ModelCases.Input(3);
        Tensor last = ModelCases.Input(2);
        Tensor fullOutput = model.Forward(full);
        Tensor fullGradient = model.Backward(fullOutput)!;
        Tensor lastOutput = model.Forward(last);
        Assert.NotSame(fullOutput, lastOutput);
        Assert.Same(fullOutput, model.Forward(full));
        Assert.Same(fullGradient, model.Backward(fullOutput));
        Assert.Same(lastOutput, model.Forward(last));
    }
}
