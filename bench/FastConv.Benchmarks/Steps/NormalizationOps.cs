using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Steps;

/// <summary>Batch normalisation in training.</summary>
internal static class NormalizationOps
{
    private const float Epsilon = 1e-5f;
    private const float Momentum = 0.1f;

    public static IEnumerable<OpCase> Create(OpSize size)
    {
        TensorShape images = size.Images;
        return
        [
            // The statistics must be known before the first output: the input is read twice.
            new OpCase("batch norm" + size.Suffix, "batch_norm", OpCase.Forward, size.Batch)
            {
                Inputs = [new(images)],
                Result = images,
                MovedBytes = OpSize.Bytes(images, images, images),
                Bind = buffers => Bind(size, buffers).Forward,
            },

            // And so are input and gradient, of which two sums go into every gradient of the input.
            new OpCase("batch norm" + size.Suffix, "batch_norm", OpCase.Backward, size.Batch)
            {
                Inputs = [new(images), new(images)],
                Result = images,
                MovedBytes = OpSize.Bytes(images, images, images, images, images),
                Bind = buffers => Bind(size, buffers).Backward,
            },
        ];
    }

    private static (Action Forward, Action Backward) Bind(OpSize size, OpBuffers buffers)
    {
        BatchNormShape shape = BatchNormShape.Create(size.Batch, size.Channels, OpSize.Plane);
        float[] weight = Filled(1);
        float[] bias = Filled(0);
        float[] runningMean = Filled(0);
        float[] runningVariance = Filled(1);
        float[] mean = Filled(0);
        float[] inverseStd = Filled(0);
        float[] gradWeight = Filled(0);
        float[] gradBias = Filled(0);
        Forward();
        return (Forward, Backward);

        void Forward() => BatchNormPrimitives.ForwardTraining(
            shape, buffers.X.Values, weight, bias, runningMean, runningVariance, Momentum, Epsilon, buffers.Result.Span, mean, inverseStd);

        void Backward() => BatchNormPrimitives.BackwardTraining(
            shape, buffers.X.Values, buffers.GradOutput.Values, weight, mean, inverseStd, buffers.Result.Span, gradWeight, gradBias);

        float[] Filled(float value)
        {
            float[] values = new float[size.Channels];
            values.AsSpan().Fill(value);
            return values;
        }
    }
}
