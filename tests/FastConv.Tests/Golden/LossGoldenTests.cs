using FastConv.Losses;
using FastConv.Tensors;

namespace FastConv.Tests.Golden;

public sealed class LossGoldenTests
{
    private const string Topic = "losses";

    // A logarithm and an exponential, what leads to them and the mean.
    private const int Roundings = 16;

    [Theory]
    [GoldenData(Topic)]
    public void Loss_and_gradient_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        if (golden.Arguments.Text("loss") is "CrossEntropy" or "Nll")
        {
            AssertClassLoss(golden);
        }
        else
        {
            AssertElementLoss(golden);
        }
    }

    private static void AssertElementLoss(GoldenCase golden)
    {
        GoldenArguments arguments = golden.Arguments;
        string kind = arguments.Text("loss");
        float[] expected = golden.Expected("gradient");
        int count = expected.Length;
        (double scale, double offset) = kind == "Bce" ? (0.5, 0.5) : (4, 0);
        (double targetScale, double targetOffset) = kind.StartsWith("Bce", StringComparison.Ordinal) ? (0.5, 0.5) : (4, 0);
        float[] prediction = arguments.Has("prediction") ? arguments.Floats("prediction") : golden.Draw("prediction", count, 16, scale, offset);
        float[] target = arguments.Has("target") ? arguments.Floats("target") : golden.Draw("target", count, 9, targetScale, targetOffset);
        int[] size = arguments.Has("shape") ? arguments.Ints("shape") : [count];
        Loss loss = kind switch
        {
            "Mse" => new MseLoss(),
            "L1" => new L1Loss(),
            "Huber" => new HuberLoss(arguments.Number("delta", 1)),
            "Bce" => new BceLoss(),
            "BceWithLogits" => new BceWithLogitsLoss(),
            _ => throw new InvalidDataException($"there is no loss '{kind}'."),
        };

        // All terms are positive; with logits they are differences of numbers of the prediction's size.
        double terms = kind == "BceWithLogits" ? prediction.Average(value => Math.Abs(value) + 1.0) : golden.Expected("loss")[0];
        double Gradient(int i) => kind == "BceWithLogits" ? 1.0 / count : Math.Abs(expected[i]);
        float value = loss.Forward(Tensor.From(prediction, size), Tensor.From(target, size));
        GoldenBound.AssertWithin(golden.Expected("loss"), _ => terms, Roundings, [value], $"{golden.Name}, loss");
        GoldenBound.AssertWithin(expected, Gradient, Roundings, loss.Backward().Values, $"{golden.Name}, gradient");
    }

    private static void AssertClassLoss(GoldenCase golden)
    {
        GoldenArguments arguments = golden.Arguments;
        (int rows, int classes) = (arguments.Int("rows"), arguments.Int("classes"));
        float[] weights = arguments.Floats("weights");
        float[] logits = arguments.Has("logits") ? [.. arguments.Rows("logits").SelectMany(row => row)] : golden.Draw("logits", rows * classes, 16, 4);
        int ignored = arguments.Int("ignore_index", -100);
        Loss loss = arguments.Text("loss") == "Nll" ? new NllLoss(weights, ignored) : new CrossEntropyLoss(arguments.Number("smoothing"), weights, ignored);
        Tensor prediction = Tensor.From(logits, rows, classes);
        double heaviest = weights.Length == 0 ? 1 : weights.Max();
        float value;
        double share;
        if (golden.Name.Contains("targets", StringComparison.Ordinal))
        {
            float[] targets = golden.Draw("targets", rows * classes, 9, 0.5, 0.5);
            value = loss.Forward(prediction, Tensor.From(targets, rows, classes));
            share = heaviest * classes / rows;
        }
        else
        {
            int[] labels = golden.Labels("labels", rows, classes);
            Array.ForEach(arguments.Ints("ignored"), row => labels[row] = ignored);
            value = loss.Forward(prediction, labels);
            share = heaviest / labels.Where(label => label != ignored).Sum(label => weights.Length == 0 ? 1.0 : weights[label]);
        }

        // A term is a weight times the distance of two logits and the logarithm of a sum; a gradient's the difference of a probability and a target.
        double term = share * rows * (1 + 2 * logits.Max(logit => Math.Abs((double)logit)));
        GoldenBound.AssertWithin(golden.Expected("loss"), _ => term, Roundings, [value], $"{golden.Name}, loss");
        float[] expected = golden.Expected("gradient");
        if (golden.Differs is not null)
        {
            Assert.All(expected, gradient => Assert.True(float.IsNaN(gradient)));
            expected = new float[expected.Length];
        }

        GoldenBound.AssertWithin(expected, _ => double.IsFinite(share) ? share : 0, Roundings, loss.Backward().Values, $"{golden.Name}, gradient");
    }
}
