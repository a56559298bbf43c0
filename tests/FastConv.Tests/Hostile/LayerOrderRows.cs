using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Models made of what cannot be joined, and passes out of order.</summary>
internal static class LayerOrderRows
{
    public static HostileRow[] All =>
    [
        Argument("new Sequential", "a layer twice", "is given twice", call => { var layer = new ReLU(); _ = new Sequential(layer, layer); }, WrongOrder),
        Argument("new Sequential", "a layer of another model", "is in a Sequential already", call => { var layer = new ReLU(); _ = new Sequential(layer); _ = new Sequential(layer); }, WrongOrder),
        Missing("new Sequential", "null among the layers", "children", call => _ = new Sequential(new ReLU(), null!)),
        Argument("Sequential.Named", "a name with a dot", "the name 'a.b'", _ => Sequential.Named(("a.b", new ReLU())), "CWE-99"),
        Argument("Sequential.Named", "a name twice", "the name 'a'", _ => Sequential.Named(("a", new ReLU()), ("a", new Tanh())), Duplicate),
        Argument("new Concat", "no branch", "expects at least one branch", call => _ = new Concat()),
        Argument("Concat.OutputShape", "branches of different sizes", "branches expect outputs", _ => new Concat(new MaxPool2d(2), new ReLU()).OutputShape([1, 1, 4, 4]), ShortBuffer),
        Missing("new Residual", "no body", "children", call => _ = new Residual(null!)),
        Argument("Residual.OutputShape", "a body that changes the shape", "the sum expects two equal shapes", _ => new Residual(new MaxPool2d(2)).OutputShape([1, 1, 4, 4]), ShortBuffer),
        Argument("Sequential.OutputShape", "layers that do not fit each other", "weight expects 5 input channels", _ => new Sequential(new Conv2d(3, 4, 1), new Conv2d(5, 4, 1)).OutputShape([1, 3, 4, 4]), ShortBuffer),
        Missing("Layer.Forward", "no input", "input", _ => TrainingCases.TinyModel().Forward(null!)),
        Argument("Layer.Forward", "input of another shape", "expects [batch, channels, height, width], input is [2, 64]", _ => TrainingCases.TinyModel().Forward(new Tensor(2, 64)), BadIndex),
        Argument("Layer.Forward", "one value a channel, in training", "training expects more than one value a channel", _ => new BatchNorm2d(3).Forward(new Tensor(1, 3, 1, 1)), ZeroDivisor),
        Argument("Layer.Forward", "a shape that a later layer refuses: the earlier ones are not run", "input features", _ => AssertNothingRan(), WrongOrder),
        Defined("Layer.Forward", "NaN in one image", "the other image is untouched", _ => AssertImagesAreApart(), NotFinite),
        Defined("Layer.Forward", "other shapes in turn", "each gives the bits of a model that saw no other", _ => AssertShapesAreApart(), WrongOrder),
        Refused<InvalidOperationException>("Layer.Backward", "before any Forward", "Backward expects a Forward before it", _ => TrainingCases.TinyModel().Backward(new Tensor(1, 3)), WrongOrder),
        Refused<InvalidOperationException>("Layer.Backward", "after a Forward that was refused", "Backward expects a Forward before it", _ => BackwardAfterRefusal(), WrongOrder),
        Argument("Layer.Backward", "a gradient of another shape", "Backward expects a gradient of [2, 3], received [2, 4]", _ => ForwardOf(2).Backward(new Tensor(2, 4)), ShortBuffer),
        Argument("Layer.Backward", "the gradient of an earlier batch", "Backward expects a gradient of [1, 3], received [2, 3]", _ => BackwardOfEarlierBatch(), WrongOrder),
        Missing("Layer.Backward", "no gradient", "gradOutput", _ => ForwardOf(2).Backward(null!)),
        Defined("Layer.Backward", "twice", "the same gradient; those of parameters add up", _ => AssertBackwardTwice(), WrongOrder),
        Missing("Layer.Predict", "no input", "input", _ => TrainingCases.TinyModel().Predict(null!)),
        Refused<InvalidOperationException>("Layer.Predict", "a lazy layer that has seen no input", "call Build(inputShape) or Forward first", _ => Linear.Lazy(3).Predict(new Tensor(1, 2)), WrongOrder),
        Defined("Layer.Predict", "from eight threads at once", "the bits of one thread", _ => AssertPredictsInParallel(), Concurrency),
        Argument("Layer.Build", "a shape that no layer takes", "expects [batch, channels, height, width]", _ => TrainingCases.TinyModel().Build([4]), BadIndex),
        Missing("Layer.Apply", "no action", "action", _ => TrainingCases.TinyModel().Apply(null!)),
        Range("Layer.Summary", "a size of 0", "every size of a tensor is at least 1", _ => TrainingCases.TinyModel().Summary(0, 8, 8), Negative),
        Argument("Layer.SummaryFor", "a shape that no layer takes", "expects [batch, channels, height, width]", _ => TrainingCases.TinyModel().SummaryFor([4]), BadIndex),
        Argument("Layer.StepLength", "a shape that no layer takes", "expects [batch, channels, height, width]", _ => TrainingCases.TinyModel().StepLength([4]), BadIndex),
        Defined("Layer.StepLength", "a step beyond the largest array", "its length, and no memory", _ => Assert.InRange(new Sequential(new Sigmoid(), new Tanh()).StepLength([1 << 30]), 1L << 31, 1L << 33), Unbounded),
        Argument("Layer.MultiplyAdds", "a shape that no layer takes", "expects [batch, channels, height, width]", _ => TrainingCases.TinyModel().MultiplyAdds([4]), BadIndex),
        Defined("Layer.Initialize", "seed long.MinValue", "finite parameters", _ => Assert.All(TrainingCases.Values(TrainingCases.TinyModel(seed: long.MinValue)), value => Assert.True(float.IsFinite(value))), Negative),
        Range("Sequential.Item", "an index behind the layers", "", call => _ = TrainingCases.TinyModel()[99], BadIndex),
    ];

    private static Sequential ForwardOf(int batch)
    {
        Sequential model = TrainingCases.TinyModel();
        model.Forward(Images(batch));
        return model;
    }

    private static Tensor Images(int batch) => Tensor.From(TestTensors.Random(5, batch * 64), batch, 1, 8, 8);

    private static void AssertNothingRan()
    {
        var norm = new BatchNorm2d(1);
        var model = new Sequential(norm, new Flatten(), new Linear(5, 2));
        try
        {
            model.Forward(Images(2));
        }
        finally
        {
            Assert.All(norm.RunningMean!.Span.ToArray(), value => Assert.Equal(0, value));
        }
    }

    private static void BackwardAfterRefusal()
    {
        Sequential model = TrainingCases.TinyModel();
        Assert.Throws<ArgumentException>(() => model.Forward(new Tensor(2, 64)));
        model.Backward(new Tensor(2, 3));
    }

    private static void BackwardOfEarlierBatch()
    {
        Sequential model = ForwardOf(2);
        model.Forward(Images(1));
        model.Backward(new Tensor(2, 3));
    }

    private static void AssertImagesAreApart()
    {
        Tensor images = Images(2);
        float[] expected = TrainingCases.TinyModel().Forward(images).Span[3..].ToArray();
        images.Span[0] = float.NaN;
        TestTensors.AssertSameBits(expected, TrainingCases.TinyModel().Forward(images).Span[3..]);
    }

    private static void AssertShapesAreApart()
    {
        Sequential model = TrainingCases.TinyModel();
        foreach (int batch in (int[])[3, 1, 5, 3])
        {
            TestTensors.AssertSameBits(TrainingCases.TinyModel().Forward(Images(batch)).Span, model.Forward(Images(batch)).Span);
        }
    }

    private static void AssertBackwardTwice()
    {
        Sequential model = ForwardOf(2);
        Tensor gradient = Tensor.From([1, 2, 3, 4, 5, 6], 2, 3);
        float[] first = model.Backward(gradient)!.Span.ToArray();
        float[] once = model.Parameters[0].Gradient.Span.ToArray();
        TestTensors.AssertSameBits(first, model.Backward(gradient)!.Span);
        TestTensors.AssertSameBits([.. once.Select(value => 2 * value)], model.Parameters[0].Gradient.Span);
    }

    private static void AssertPredictsInParallel()
    {
        Sequential model = TrainingCases.TinyModel();
        Tensor images = Images(4);
        float[] expected = model.Predict(images).Span.ToArray();
        Parallel.For(0, 8, _ => TestTensors.AssertSameBits(expected, model.Predict(images).Span));
    }
}
