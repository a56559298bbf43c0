using FastConv.Randomness;

namespace FastConv.Benchmarks.Peers;

/// <summary>What both sides read, uniform in [-1, 1), and what FastConv writes.</summary>
internal sealed class Operands : IDisposable
{
    public Operands(Workload workload)
    {
        First = new FloatBuffer(workload.FirstLength);
        Second = new FloatBuffer(workload.SecondLength);
        Result = new FloatBuffer(workload.ResultLength);
        var random = new RandomSource(seed: 1);
        Fill(First.Span, random);
        Fill(Second.Span, random);
    }

    public FloatBuffer First { get; }

    public FloatBuffer Second { get; }

    public FloatBuffer Result { get; }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Result.Dispose();
    }

    private static void Fill(Span<float> values, RandomSource random)
    {
        foreach (ref float value in values)
        {
            value = 2 * random.NextSingle() - 1;
        }
    }
}
