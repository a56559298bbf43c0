using System.Reflection;
using System.Runtime.InteropServices;
using FastConv.Cli.Measurement;
using FastConv.Simd;

namespace FastConv.Cli.Runs;

/// <summary>Where a run took place: what its speed depends on, its results not.</summary>
internal sealed record RunEnvironment(
    string Version, string Runtime, string OperatingSystem, string Cpu, int Cores, string InstructionSet, int Threads)
{
    /// <summary>This process, with so many threads at most.</summary>
    public static RunEnvironment Of(int threads) => new(
        typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown",
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        CpuModel.Read(),
        Environment.ProcessorCount,
        MachineLimits.InstructionSet,
        threads);
}
