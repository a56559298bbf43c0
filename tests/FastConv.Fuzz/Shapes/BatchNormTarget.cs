using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>Normalisation by the batch's own statistics, forward and backward.</summary>
internal sealed class BatchNormTarget() : ShapeTarget("batch-norm")
{
    private const float Epsilon = 1e-3f;
    private const float Momentum = 0.25f;

    protected override string Run(Random random)
    {
        BatchNormShape shape = BatchNormShape.Create(Size(random, 9), Size(random, 20), Size(random, random.Next(4) == 0 ? 900 : 40));
        if (shape.InputShape.Length > MostProducts)
        {
            return "a shape too large to compare";
        }

        bool isRight = shape.ValuesPerChannel > 1;
        bool hasScale = random.Next(2) == 0;
        float[] input = Values(random, LengthFor(random, shape.InputShape.Length, ref isRight));
        float[] weight = Values(random, hasScale ? shape.Channels : 0);
        float[] bias = Values(random, hasScale ? shape.Channels : 0);
        float[] output = Unwritten(LengthFor(random, shape.InputShape.Length, ref isRight));
        float[] mean = Unwritten(LengthFor(random, shape.Channels, ref isRight));
        float[] inverse = Unwritten(LengthFor(random, shape.Channels, ref isRight));
        float[] runningMean = new float[shape.Channels];
        float[] runningVariance = new float[shape.Channels];
        if (!Ran(
            () => BatchNormPrimitives.ForwardTraining(shape, input, weight, bias, runningMean, runningVariance, Momentum, Epsilon, output, mean, inverse), output, isRight))
        {
            return "refused";
        }

        (double[] expectedMean, double[] variance) = BatchNormReference.Statistics(shape, Doubles(input));
        double unbiased = (double)shape.ValuesPerChannel / (shape.ValuesPerChannel - 1);
        AssertClose($"running mean of {shape}", Array.ConvertAll(expectedMean, value => Momentum * value), runningMean);
        AssertClose($"running variance of {shape}", Array.ConvertAll(variance, value => Momentum * unbiased * value), runningVariance);
        AssertClose($"batch norm {shape}", BatchNormReference.ForwardTraining(shape, Doubles(input), Doubles(weight), Doubles(bias), Epsilon), output);

        float[] gradOutput = Values(random, input.Length);
        float[] gradInput = Unwritten(input.Length);
        float[] gradWeight = new float[weight.Length];
        float[] gradBias = new float[bias.Length];
        BatchNormPrimitives.BackwardTraining(shape, input, gradOutput, weight, mean, inverse, gradInput, gradWeight, gradBias);
        AssertClose($"backward of batch norm {shape}", BatchNormReference.BackwardTraining(shape, Doubles(input), Doubles(gradOutput), Doubles(weight), Epsilon), gradInput);
        if (hasScale)
        {
            (double[] byWeight, double[] byBias) = BatchNormReference.BackwardAffine(shape, Doubles(input), Doubles(gradOutput), expectedMean, variance, Epsilon);
            AssertClose($"backward to the weight of batch norm {shape}", byWeight, gradWeight);
            AssertClose($"backward to the bias of batch norm {shape}", byBias, gradBias);
        }

        return $"right {hasScale}";
    }
}
