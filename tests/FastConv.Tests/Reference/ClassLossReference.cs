namespace FastConv.Tests.Reference;

/// <summary>
/// Cross-entropy and negative log-likelihood over rows of [rows, classes], in PyTorch's order: the likelihood and the smoothing
/// each as a mean of their own, the gradient first with respect to the log-probabilities and then through the log-softmax.
/// </summary>
internal static class ClassLossReference
{
    public static double[] LogSoftmax(int classes, double[] logits)
    {
        var result = new double[logits.Length];
        for (int first = 0; first < logits.Length; first += classes)
        {
            double max = logits.AsSpan(first, classes).ToArray().Max();
            double sum = 0;
            for (int c = 0; c < classes; c++)
            {
                sum += Math.Exp(logits[first + c] - max);
            }

            for (int c = 0; c < classes; c++)
            {
                result[first + c] = logits[first + c] - max - Math.Log(sum);
            }
        }

        return result;
    }

    /// <summary>The gradient through <see cref="LogSoftmax"/>.</summary>
    public static double[] LogSoftmaxBackward(int classes, double[] logProbabilities, double[] gradOutput)
    {
        var result = new double[gradOutput.Length];
        for (int first = 0; first < gradOutput.Length; first += classes)
        {
            double sum = gradOutput.AsSpan(first, classes).ToArray().Sum();
            for (int c = 0; c < classes; c++)
            {
                result[first + c] = gradOutput[first + c] - Math.Exp(logProbabilities[first + c]) * sum;
            }
        }

        return result;
    }

    public static double Labels(int classes, double[] logProbabilities, int[] labels, double smoothing, double[]? weights, int ignored)
    {
        double likelihood = 0;
        double smooth = 0;
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] == ignored)
            {
                continue;
            }

            total += weights?[labels[row]] ?? 1;
            likelihood -= (weights?[labels[row]] ?? 1) * logProbabilities[row * classes + labels[row]];
            for (int c = 0; c < classes; c++)
            {
                smooth -= (weights?[c] ?? 1) * logProbabilities[row * classes + c];
            }
        }

        return (1 - smoothing) * likelihood / total + smoothing / classes * smooth / total;
    }

    /// <summary>The gradient of <see cref="Labels"/> with respect to the log-probabilities.</summary>
    public static double[] LabelsBackward(int classes, int[] labels, double smoothing, double[]? weights, int ignored)
    {
        var gradient = new double[labels.Length * classes];
        double total = labels.Where(label => label != ignored).Sum(label => weights?[label] ?? 1);
        for (int row = 0; row < labels.Length; row++)
        {
            for (int c = 0; c < classes && labels[row] != ignored; c++)
            {
                double share = smoothing / classes + (c == labels[row] ? 1 - smoothing : 0);
                gradient[row * classes + c] = -share * (weights?[c] ?? 1) / total;
            }
        }

        return gradient;
    }

    public static double Soft(int classes, double[] logProbabilities, double[] targets, double smoothing, double[]? weights)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            sum -= (weights?[i % classes] ?? 1) * (targets[i] * (1 - smoothing) + smoothing / classes) * logProbabilities[i];
        }

        return sum / (targets.Length / classes);
    }

    /// <summary>The gradient of <see cref="Soft"/> with respect to the log-probabilities.</summary>
    public static double[] SoftBackward(int classes, double[] targets, double smoothing, double[]? weights) =>
        [.. targets.Select((target, i) => -(weights?[i % classes] ?? 1) * (target * (1 - smoothing) + smoothing / classes) / (targets.Length / classes))];
}
