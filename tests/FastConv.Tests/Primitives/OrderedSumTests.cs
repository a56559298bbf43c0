using FastConv.Parallelism;
using FastConv.Primitives;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

[Collection(ThreadCases.Collection)]
public sealed class OrderedSumTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4097, 1)]
    [InlineData(70_001, 1)]
    [InlineData(400_000, 1)]
    [InlineData(701, 100)]
    [InlineData(3, 50_000)]
    public void A_sum_has_the_same_bits_in_double_precision_on_any_number_of_threads(int count, int elementsPerItem)
    {
        // Numbers whose sum depends on the order they are added in.
        double[] values = [.. TestTensors.Random(1, count).Select(value => Math.Exp(20.0 * value))];
        int before = ThreadSettings.MaxThreads;
        try
        {
            ThreadSettings.MaxThreads = 1;
            double expected = OrderedSum.Of(new Items(values), count, elementsPerItem);
            Assert.Equal(values.Sum(), expected, 1e-9 * expected);
            foreach (int threads in new[] { 2, 3, 7, 70 })
            {
                ThreadSettings.MaxThreads = threads;
                double actual = OrderedSum.Of(new Items(values), count, elementsPerItem);
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
            }
        }
        finally
        {
            ThreadSettings.MaxThreads = before;
        }
    }

    private readonly struct Items(double[] values) : ISummand
    {
        public double Sum(int start, int end)
        {
            double sum = 0;
            for (int i = start; i < end; i++)
            {
                sum += values[i];
            }

            return sum;
        }
    }
}
