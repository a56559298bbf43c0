using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Scaling;

/// <summary>What a workload must move at least: both operands are read once and the result is written once.</summary>
internal static class WorkloadTraffic
{
    public static double Bytes(this Workload workload) =>
        sizeof(float) * ((double)workload.FirstLength + workload.SecondLength + workload.ResultLength);
}
