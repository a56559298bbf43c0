using FastConv.Parallelism;

namespace FastConv.Benchmarks.Peers;

/// <summary>One operation over two operands, the same for both sides of a comparison.</summary>
internal abstract class Workload(string set, string name, string pass, int batch)
{
    public string Set => set;

    public string Name => name;

    public string Pass => pass;

    public int Batch => batch;

    public abstract int FirstLength { get; }

    public abstract int SecondLength { get; }

    public abstract int ResultLength { get; }

    /// <summary>Floating-point operations of one call of the direct method, a multiply-add counted as two.</summary>
    public abstract double Flops { get; }

    /// <summary>A timed group of calls takes at least so long.</summary>
    public virtual double GroupSeconds => 1e-3;

    /// <summary>FastConv runs so long before it is timed, which tiered compilation needs.</summary>
    public virtual double WarmUpSeconds => 0.25;

    /// <summary>Time for a row, warm-up included, where the command line does not say.</summary>
    public virtual double RowSeconds => 2;

    /// <summary>What FastConv chose for the operation; empty where there is but one way.</summary>
    public virtual string Algorithm => "";

    /// <summary>One call of FastConv with whatever a layer keeps between calls with the same weights.</summary>
    public virtual void RunKept(Operands operands) => Run(operands);

    /// <summary>One call of FastConv on <see cref="ThreadSettings.MaxThreads"/> threads.</summary>
    public abstract void Run(Operands operands);
}
