using FastConv.Layers;
using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class StepPlannerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Tensors_that_live_at_the_same_time_share_no_memory(int batch)
    {
        foreach ((Layer model, TensorShape input) in Models(batch))
        {
            model.Build(input);
            StepPlanner plan = StepPlanner.Plan(model, input);
            long length = plan.Arrange();
            StepBlock[] blocks = [.. plan.Tensors.Select(tensor => tensor.Block)];
            Assert.All(blocks, block => Assert.InRange(block.Offset + block.Shape.Length, 1, length));
            Assert.All(blocks, block => Assert.Equal(0, block.Offset % AlignedBuffer.AlignedFloats));
            for (int one = 0; one < blocks.Length; one++)
            {
                for (int other = 0; other < one; other++)
                {
                    bool meet = blocks[one].First <= blocks[other].Last && blocks[other].First <= blocks[one].Last;
                    bool overlap = blocks[one].Offset < blocks[other].Offset + blocks[other].Shape.Length
                        && blocks[other].Offset < blocks[one].Offset + blocks[one].Shape.Length;
                    Assert.False(meet && overlap, $"tensors {other} and {one} of {model}");
                }
            }
        }
    }

    [Fact]
    public void A_chain_needs_less_than_all_of_its_tensors()
    {
        foreach ((Layer model, TensorShape input) in Models(batch: 3))
        {
            model.Build(input);
            StepPlanner plan = StepPlanner.Plan(model, input);
            long all = plan.Tensors.Sum(tensor => (long)AlignedBuffer.RoundUp(tensor.Block.Shape.Length));
            Assert.InRange(plan.Arrange(), 1, all - 1);
        }
    }

    [Fact]
    public void What_no_gradient_reads_gives_its_memory_to_what_comes_later()
    {
        // Neither pooling nor flattening reads the images again: three outputs and three gradients need no more than three places.
        var model = new Sequential(new AvgPool2d(1), new AvgPool2d(1), new AvgPool2d(1), new Flatten());
        Assert.Equal(3 * 1024, model.StepLength([1, 1, 32, 32]));
    }

    [Fact]
    public void The_short_batch_lies_in_the_memory_of_the_full_one()
    {
        var model = new Sequential(new Tanh(), new Tanh());
        float[] input = TestTensors.Random(1, 60);
        Tensor full = model.Forward(Tensor.From(input, 6, 10));
        Tensor last = model.Forward(Tensor.From(input.AsSpan(0, 40), 4, 10));
        Assert.True(full.Values.Overlaps(last.Values));
        Assert.NotSame(full, last);
    }

    [Fact]
    public void A_layer_inside_may_be_called_by_itself_between_two_passes()
    {
        Layer model = ModelCases.LeNet();
        model.Initialize(1);
        var input = Tensor.From(TestTensors.Random(2, 2 * 144), 2, 1, 12, 12);
        float[] output = model.Forward(input).Values.ToArray();
        float[] gradient = model.Backward(model.LastOutput)!.Values.ToArray();
        model.Children[0].Forward(input);
        TestTensors.AssertSameBits(output, model.Forward(input).Values);
        TestTensors.AssertSameBits(gradient, model.Backward(model.LastOutput)!.Values);
        TestTensors.AssertSameBits(gradient, model.Backward(model.LastOutput)!.Values, "backward again");
    }

    private static IEnumerable<(Layer Model, TensorShape Input)> Models(int batch) =>
    [
        (ModelCases.Everything(), [batch, 2, 8, 7]),
        (ModelCases.LeNet(), [batch, 1, 12, 12]),
        (ModelCases.Wide(), [batch, 3, 32, 32]),
        (ModelCases.CatDog(), [batch, 3, 224, 224]),
        (new Sequential(new Flatten(), new Dropout(), new Residual(new Sequential(new Dropout(), new Flatten())), new Tanh()), [batch, 4, 5]),
    ];
}
