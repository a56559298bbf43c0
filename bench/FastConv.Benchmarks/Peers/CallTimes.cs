namespace FastConv.Benchmarks.Peers;

/// <summary>Seconds that one call takes on one side, a value a round.</summary>
internal sealed class CallTimes
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Best => _values.Min();

    public double Median => Spread.Median(_values);

    public void Add(double seconds, int calls) => _values.Add(seconds / calls);
}
