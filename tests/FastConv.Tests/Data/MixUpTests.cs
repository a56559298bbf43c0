using FastConv.Data;
using FastConv.Losses;
using FastConv.Tensors;

namespace FastConv.Tests.Data;

public sealed class MixUpTests
{
    private const int Count = 11;

    // Sample i is [i, i^2] of class i mod 3.
    private static readonly InMemoryDataset Source = new(
        Tensor.From([.. Enumerable.Range(0, Count).SelectMany(index => (float[])[index, index * index])], Count, 2), [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1]);

    [Fact]
    public void Samples_and_targets_are_mixed_with_those_before_them()
    {
        var plain = new DataLoader(Source, 4, shuffle: true, seed: 2);
        var mixed = new DataLoader(Source, 4, shuffle: true, seed: 2, mixUp: new MixUp(0.4));
        var lambdas = new HashSet<float>();
        using DataLoader.BatchEnumerator batches = plain.Epoch(3).GetEnumerator();
        foreach (Batch batch in mixed.Epoch(3))
        {
            Assert.True(batches.MoveNext());
            Batch source = batches.Current;
            Assert.Null(source.SoftTargets);
            Assert.Equal(source.Labels, batch.Labels);
            Assert.Equal(source.Indices, batch.Indices);
            Assert.Equal([batch.Count, 3], batch.SoftTargets!.Shape.Dimensions.ToArray());
            int apart = Enumerable.Range(0, batch.Count).First(row => source.Images[row, 0] != source.Images[(row + batch.Count - 1) % batch.Count, 0]);
            float before = source.Images[(apart + batch.Count - 1) % batch.Count, 0];
            float lambda = (batch.Images[apart, 0] - before) / (source.Images[apart, 0] - before);
            Assert.InRange(lambda, -1e-4f, 1 + 1e-4f);
            lambdas.Add(lambda);
            for (int row = 0; row < batch.Count; row++)
            {
                int other = (row + batch.Count - 1) % batch.Count;
                for (int column = 0; column < 2; column++)
                {
                    Assert.Equal(lambda * source.Images[row, column] + (1 - lambda) * source.Images[other, column], batch.Images[row, column], 1e-3f);
                }

                for (int label = 0; label < 3; label++)
                {
                    float expected = (source.Labels[row] == label ? lambda : 0) + (source.Labels[other] == label ? 1 - lambda : 0);
                    Assert.Equal(expected, batch.SoftTargets[row, label], 1e-5f);
                }
            }
        }

        Assert.Equal(3, lambdas.Count);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Lambda_has_the_beta_distribution(double alpha)
    {
        // Of two samples 0 and 1 in a batch, the second becomes lambda.
        var pair = new InMemoryDataset(Tensor.From([0, 1], 2, 1), [0, 1]);
        var loader = new DataLoader(pair, 2, seed: 1, mixUp: new MixUp(alpha));
        const int Draws = 5000;
        double sum = 0;
        double squares = 0;
        for (int epoch = 0; epoch < Draws; epoch++)
        {
            foreach (Batch batch in loader.Epoch(epoch))
            {
                double lambda = batch.Images[1, 0];
                Assert.InRange(lambda, 0, 1);
                sum += lambda;
                squares += (lambda - 0.5) * (lambda - 0.5);
            }
        }

        Assert.Equal(0.5, sum / Draws, 0.02);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), squares / Draws, 0.01);
    }

    [Fact]
    public void Soft_targets_are_what_cross_entropy_takes()
    {
        foreach (Batch batch in new DataLoader(Source, 4, mixUp: new MixUp()).Epoch(0))
        {
            Assert.Equal(Math.Log(3), new CrossEntropyLoss().Forward(new Tensor(batch.Count, 3), batch.SoftTargets!), 1e-5);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_other_alphas(double alpha) => Assert.Throws<ArgumentOutOfRangeException>(() => new MixUp(alpha));
}
