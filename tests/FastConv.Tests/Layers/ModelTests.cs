using FastConv.Layers;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

/// <summary>Whole models: names and sizes known from PyTorch.</summary>
public sealed class ModelTests
{
    [Fact]
    public void State_names_are_those_of_pytorchs_sequential()
    {
        Assert.Equal(
            [
                "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked",
                "4.weight", "4.bias", "5.weight", "5.bias", "5.running_mean", "5.running_var", "5.num_batches_tracked",
                "8.weight", "8.bias", "9.weight", "9.bias", "9.running_mean", "9.running_var", "9.num_batches_tracked",
                "11.weight", "11.bias", "12.weight", "12.bias", "12.running_mean", "12.running_var", "12.num_batches_tracked",
                "16.weight", "16.bias", "18.weight", "18.bias",
            ],
            ModelCases.CatDog().State.Select(entry => entry.Name));
    }

    [Fact]
    public void State_names_and_shapes_are_those_of_torchvisions_alexnet()
    {
        // torchvision.models.alexnet().state_dict(), with a sixteenth of its channels.
        Sequential model = ModelCases.AlexNet(divisor: 16);
        Assert.Equal(
            [
                "features.0.weight [4, 3, 11, 11]", "features.0.bias [4]", "features.3.weight [12, 4, 5, 5]", "features.3.bias [12]",
                "features.6.weight [24, 12, 3, 3]", "features.6.bias [24]", "features.8.weight [16, 24, 3, 3]", "features.8.bias [16]",
                "features.10.weight [16, 16, 3, 3]", "features.10.bias [16]", "classifier.1.weight [256, 576]", "classifier.1.bias [256]",
                "classifier.4.weight [256, 256]", "classifier.4.bias [256]", "classifier.6.weight [1000, 256]", "classifier.6.bias [1000]",
            ],
            model.State.Select(entry => $"{entry.Name} {entry.Value.Shape}"));
        Assert.Equal([2, 1000], model.OutputShape([2, 3, 224, 224]).Dimensions.ToArray());
    }

    [Fact]
    public void The_cat_and_dog_network_has_the_sizes_of_its_origin()
    {
        Sequential model = ModelCases.CatDog();
        TensorShape shape = [16, 3, 224, 224];
        Assert.Equal([16, 1], model.OutputShape(shape).Dimensions.ToArray());
        Assert.Equal(6_501_057, model.Parameters.Sum(parameter => parameter.Value.Length));
        Assert.Matches(@"\n16 Linear +\[1, 2048\] +6,424,576 +6,422,528 +8.0 KiB\n", model.Summary(3, 224, 224));
    }
}

[Collection(ThreadCases.Collection)]
public sealed class ModelThreadTests
{
    [Fact]
    public void Two_training_steps_have_the_same_bits_on_any_number_of_threads()
    {
        Tensor x = Tensor.From(TestTensors.Random(1, 4 * 3 * 32 * 32), 4, 3, 32, 32);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            Sequential model = ModelCases.Wide();
            model.Initialize(5);
            var results = new List<float>();
            for (int step = 0; step < 2; step++)
            {
                Tensor y = model.Forward(x);
                results.AddRange(y.Span);
                results.AddRange(model.Backward(y)!.Span);
            }

            results.AddRange(model.Predict(x).Span);
            results.AddRange(model.Parameters.SelectMany(parameter => parameter.Gradient.Span.ToArray()));
            results.AddRange(model.State.SelectMany(entry => entry.Value.Span.ToArray()));
            return [.. results];
        });
    }
}
