using FastConv.Primitives;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>Activations and losses of single elements, over spans of any length that begin anywhere.</summary>
internal sealed class ElementsTarget() : ShapeTarget("elements")
{
    private delegate void Forward(ReadOnlySpan<float> x, Span<float> y);

    private delegate void Backward(ReadOnlySpan<float> saved, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

    // Whether backward is given what forward wrote, or what it read.
    private static readonly (string Name, Forward Forward, Backward Backward, bool SavesOutput, Func<double, double> Value, Func<double, double, double> Gradient)[] Activations =
    [
        ("ReLU", ReLUPrimitives.Forward, ReLUPrimitives.Backward, true, ActivationReference.ReLU, ActivationReference.ReLUGradient),
        ("sigmoid", SigmoidPrimitives.Forward, SigmoidPrimitives.Backward, true, ActivationReference.Sigmoid, ActivationReference.SigmoidGradient),
        ("tanh", TanhPrimitives.Forward, TanhPrimitives.Backward, true, ActivationReference.Tanh, ActivationReference.TanhGradient),
        ("SiLU", SiLUPrimitives.Forward, SiLUPrimitives.Backward, false, ActivationReference.SiLU, ActivationReference.SiLUGradient),
        ("HardSigmoid", HardSigmoidPrimitives.Forward, HardSigmoidPrimitives.Backward, false, ActivationReference.HardSigmoid, ActivationReference.HardSigmoidGradient),
        ("HardSwish", HardSwishPrimitives.Forward, HardSwishPrimitives.Backward, false, ActivationReference.HardSwish, ActivationReference.HardSwishGradient),
        ("GELU", (x, y) => GELUPrimitives.Forward(x, y), (x, g, d) => GELUPrimitives.Backward(x, g, d), false, ActivationReference.GELU, ActivationReference.GELUGradient),
    ];

    private static readonly (string Name, Func<float[], float[], float> Forward, Backward Backward, Func<double, double, double> Value, Func<double, double, double> Gradient)[] Losses =
    [
        ("MSE", (x, t) => MsePrimitives.Forward(x, t), MsePrimitives.Backward, ElementLossReference.Mse, ElementLossReference.MseGradient),
        ("L1", (x, t) => L1Primitives.Forward(x, t), L1Primitives.Backward, ElementLossReference.L1, ElementLossReference.L1Gradient),
        ("BCE with logits", (x, t) => BceWithLogitsPrimitives.Forward(x, t), BceWithLogitsPrimitives.Backward, ElementLossReference.BceWithLogits, ElementLossReference.BceWithLogitsGradient),
    ];

    protected override string Run(Random random)
    {
        int length = random.Next(4) == 0 ? random.Next(1 << 16) : random.Next(100);
        return random.Next(2) == 0 ? Activate(random, length) : Lose(random, length);
    }

    private static string Activate(Random random, int length)
    {
        var activation = Activations[random.Next(Activations.Length)];
        bool isRight = true;
        float scale = random.Next(3) == 0 ? 100 : 4;
        float[] x = Array.ConvertAll(Values(random, length), value => scale * value);
        float[] y = Unwritten(LengthFor(random, length, ref isRight));
        if (!Ran(() => activation.Forward(x, y), y, isRight))
        {
            return $"{activation.Name} refused";
        }

        AssertClose($"{activation.Name} of {length}", [.. x.Select(value => activation.Value(value))], y);
        float[] gradOutput = Values(random, length);
        float[] saved = activation.SavesOutput ? y : x;
        float[] gradInput = Unwritten(LengthFor(random, length, ref isRight));
        if (Ran(() => activation.Backward(saved, gradOutput, gradInput), gradInput, isRight))
        {
            AssertClose($"backward of {activation.Name} of {length}", [.. saved.Zip(gradOutput, (value, gradient) => activation.Gradient(value, gradient))], gradInput);
        }

        return $"{activation.Name} {length == 0}";
    }

    private static string Lose(Random random, int length)
    {
        var loss = Losses[random.Next(Losses.Length)];
        bool isRight = length > 0;
        float[] prediction = Array.ConvertAll(Values(random, length), value => 4 * value);
        float[] target = Array.ConvertAll(Values(random, LengthFor(random, length, ref isRight)), value => (value + 1) / 2);
        float[] gradient = Unwritten(LengthFor(random, length, ref isRight));
        if (!Ran(() => loss.Backward(prediction, target, gradient), gradient, isRight))
        {
            return $"{loss.Name} refused";
        }

        AssertClose($"backward of {loss.Name} of {length}", [.. prediction.Zip(target, (x, t) => loss.Gradient(x, t) / length)], gradient);
        AssertClose($"{loss.Name} of {length}", [prediction.Zip(target, (x, t) => loss.Value(x, t)).Average()], [loss.Forward(prediction, target)]);
        return $"{loss.Name} right";
    }
}
