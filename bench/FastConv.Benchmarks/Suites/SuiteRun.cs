using BenchmarkDotNet.Running;

namespace FastConv.Benchmarks.Suites;

/// <summary>Runs what BenchmarkDotNet's command line chooses.</summary>
internal static class SuiteRun
{
    private const int Refused = 2;

    /// <summary>Exit code 0; 1 if a benchmark failed, 2 for a wrong environment variable.</summary>
    public static int Run(string[] args)
    {
        SuiteConfig config;
        try
        {
            _ = ShapeSets.Chosen;
            config = new SuiteConfig(args, InstructionSetTiers.Chosen);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException)
        {
            Console.Error.WriteLine($"benchmarks: {exception.Message}");
            return Refused;
        }

        bool failed = BenchmarkSwitcher.FromAssembly(typeof(SuiteRun).Assembly).Run(args, config)
            .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success));
        return failed ? 1 : 0;
    }
}
