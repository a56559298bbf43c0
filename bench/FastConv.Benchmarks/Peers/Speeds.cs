namespace FastConv.Benchmarks.Peers;

/// <summary>GFLOP/s of one side, a value a round.</summary>
internal sealed class Speeds(double flops)
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Best => _values.Max();

    public double Median
    {
        get
        {
            double[] sorted = [.. _values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public void Add(double seconds, int calls) => _values.Add(flops * calls / seconds / 1e9);
}
