using FastConv.Benchmarks.Steps;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Activations, softmax over rows, dropout, sums and joins, number by number.</summary>
internal static class ScalarElementwise
{
    private const float Dropped = 0.5f;

    private delegate void Map(int classes, ReadOnlySpan<float> x, Span<float> y);

    private delegate void Gradient(int classes, ReadOnlySpan<float> kept, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

    /// <exception cref="ArgumentException">There is no loop for it.</exception>
    public static Action Bind(OpCase step, OpBuffers buffers) => step.Op switch
    {
        "relu" => Activation<ScalarReLU>(step, buffers),
        "leaky_relu" => Activation<ScalarLeakyReLU>(step, buffers),
        "sigmoid" => Activation<ScalarSigmoid>(step, buffers),
        "tanh" => Activation<ScalarTanh>(step, buffers),
        "gelu" => Activation<ScalarGELU>(step, buffers),
        "silu" => Activation<ScalarSiLU>(step, buffers),
        "hard_swish" => Activation<ScalarHardSwish>(step, buffers),
        "softmax" => Pair(step, buffers, keepsOutput: true, ScalarSoftmax.Forward, ScalarSoftmax.Backward),
        "log_softmax" => Pair(step, buffers, keepsOutput: true, ScalarSoftmax.LogForward, ScalarSoftmax.LogBackward),
        "dropout" => Dropout(step, buffers),
        "add" => () => Add(buffers.X.Values, buffers.Inputs[1].Values, buffers.Result.Span),
        "concat" => Concat(step, buffers),
        _ => throw new ArgumentException($"there is no scalar loop for {step.Name}"),
    };

    private static Action Activation<TActivation>(OpCase step, OpBuffers buffers)
        where TActivation : struct, IScalarActivation =>
        Pair(step, buffers, TActivation.KeepsOutput, Forward<TActivation>, Backward<TActivation>);

    private static Action Pair(OpCase step, OpBuffers buffers, bool keepsOutput, Map forward, Gradient backward)
    {
        if (step.Pass == OpCase.Forward)
        {
            return () => forward(OpSize.Classes, buffers.X.Values, buffers.Result.Span);
        }

        float[] kept = buffers.X.Values.ToArray();
        if (keepsOutput)
        {
            forward(OpSize.Classes, buffers.X.Values, kept);
        }

        return () => backward(OpSize.Classes, kept, buffers.GradOutput.Values, buffers.Result.Span);
    }

    private static void Forward<TActivation>(int classes, ReadOnlySpan<float> x, Span<float> y)
        where TActivation : struct, IScalarActivation
    {
        for (int index = 0; index < x.Length; index++)
        {
            y[index] = TActivation.Value(x[index]);
        }
    }

    private static void Backward<TActivation>(int classes, ReadOnlySpan<float> kept, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
        where TActivation : struct, IScalarActivation
    {
        for (int index = 0; index < kept.Length; index++)
        {
            gradInput[index] = TActivation.Slope(kept[index]) * gradOutput[index];
        }
    }

    private static Action Dropout(OpCase step, OpBuffers buffers)
    {
        var random = new Random(1);
        bool[] kept = new bool[buffers.X.Length];
        if (step.Pass == OpCase.Forward)
        {
            return () => Drop(random, buffers.X.Values, buffers.Result.Span, kept);
        }

        Drop(random, buffers.X.Values, buffers.Result.Span, kept);
        return () => Keep(kept, buffers.GradOutput.Values, buffers.Result.Span);
    }

    private static void Drop(Random random, ReadOnlySpan<float> x, Span<float> y, bool[] kept)
    {
        for (int index = 0; index < x.Length; index++)
        {
            kept[index] = random.NextSingle() >= Dropped;
            y[index] = kept[index] ? x[index] / (1 - Dropped) : 0;
        }
    }

    private static void Keep(bool[] kept, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        for (int index = 0; index < kept.Length; index++)
        {
            gradInput[index] = kept[index] ? gradOutput[index] / (1 - Dropped) : 0;
        }
    }

    private static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> sum)
    {
        for (int index = 0; index < x.Length; index++)
        {
            sum[index] = x[index] + y[index];
        }
    }

    // Forward: two tensors [batch, part] as one of [batch, 2 * part]; backward: that as the two, one behind the other.
    private static Action Concat(OpCase step, OpBuffers buffers)
    {
        int batch = step.Batch;
        int part = buffers.Result.Length / batch / 2;
        return step.Pass == OpCase.Forward
            ? () => Join(batch, part, buffers.X.Values, buffers.Inputs[1].Values, buffers.Result.Span)
            : () => Split(batch, part, buffers.X.Values, buffers.Result.Span);
    }

    private static void Join(int batch, int part, ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> whole)
    {
        for (int n = 0; n < batch; n++)
        {
            for (int index = 0; index < part; index++)
            {
                whole[2 * n * part + index] = first[n * part + index];
                whole[(2 * n + 1) * part + index] = second[n * part + index];
            }
        }
    }

    private static void Split(int batch, int part, ReadOnlySpan<float> whole, Span<float> parts)
    {
        for (int n = 0; n < batch; n++)
        {
            for (int index = 0; index < part; index++)
            {
                parts[n * part + index] = whole[2 * n * part + index];
                parts[(batch + n) * part + index] = whole[(2 * n + 1) * part + index];
            }
        }
    }
}
