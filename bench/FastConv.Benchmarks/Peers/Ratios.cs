namespace FastConv.Benchmarks.Peers;

/// <summary>What many ratios come to.</summary>
internal static class Ratios
{
    public static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));
}
