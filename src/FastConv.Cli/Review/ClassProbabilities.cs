using FastConv.Losses;
using FastConv.Primitives;

namespace FastConv.Cli.Review;

/// <summary>A model's output as one probability a class, by what its loss takes the output for.</summary>
internal static class ClassProbabilities
{
    /// <summary>
    /// A single number is the probability of class 1. Rows of cross-entropy are logits. What losses of differences train towards is 0 or 1, so
    /// their values are cut off there, and are no more than a likeness of probabilities.
    /// </summary>
    /// <param name="loss">What the model was trained with.</param>
    /// <param name="output">One row of its output.</param>
    /// <returns>One a class, at least two, in [0, 1].</returns>
    public static float[] Of(Loss loss, ReadOnlySpan<float> output)
    {
        if (output.Length == 1)
        {
            float one = Math.Clamp(output[0], 0, 1);
            return [1 - one, one];
        }

        float[] probabilities = output.ToArray();
        if (loss is CrossEntropyLoss)
        {
            SoftmaxPrimitives.Forward(1, output.Length, output, probabilities);
            return probabilities;
        }

        return Array.ConvertAll(probabilities, value => Math.Clamp(value, 0, 1));
    }
}
