namespace FastConv.Cli.Reports;

/// <summary>What <c>fastconv bench gemm --json</c> prints. Speeds are GFLOP/s; the ratio is that of the best.</summary>
internal sealed record GemmReport(
    int Size,
    int Threads,
    double Seconds,
    int Runs,
    string InstructionSet,
    double LimitBest,
    double LimitMedian,
    double GemmBest,
    double GemmMedian,
    double Ratio);
