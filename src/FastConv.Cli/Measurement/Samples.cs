namespace FastConv.Cli.Measurement;

/// <summary>What one thing measured again and again came to.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    /// <summary>The highest; 0 where there are none.</summary>
    public double Best { get; private set; }

    public double Median
    {
        get
        {
            double[] sorted = [.. _values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public void Add(double value)
    {
        _values.Add(value);
        Best = Math.Max(Best, value);
    }
}
