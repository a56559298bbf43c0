using System.Diagnostics;
using System.Globalization;
using FastConv.Benchmarks.Peers;
using FastConv.Cli.Models;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Steps;

/// <summary>The most memory that a process has had which does nothing but training steps of one network, as Linux counts it (VmHWM).</summary>
internal static class PeakMemory
{
    /// <summary>How this program tells a child of its own to do that.</summary>
    public const string Option = "--memory-of";

    private const int Steps = 10;
    private const double BytesPerKilobyte = 1024;
    private const double Megabyte = 1e6;

    /// <summary>Takes the steps in this process and prints kilobytes.</summary>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static int RunAlone(string model, int? batch, int threads)
    {
        ThreadSettings.MaxThreads = threads;
        OwnSide own = Create(ModelRegistry.Find(model) ?? throw new ArgumentException($"there is no model '{model}'"), batch);
        for (int step = 0; step < Steps; step++)
        {
            own.Run();
        }

        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        Console.WriteLine(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        return 0;
    }

    /// <summary>Megabytes of FastConv; null where the system does not say.</summary>
    public static double? OfFastConv(string model, int batch, int threads)
    {
        ProcessStartInfo start = OwnProcess.Prepare(StepsCommand.Verb, Option, model, "--batch", $"{batch}", "--threads", $"{threads}");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.TryParse(output, CultureInfo.InvariantCulture, out double kilobytes) ? kilobytes * BytesPerKilobyte / Megabyte : null;
    }

    /// <summary>Megabytes of PyTorch.</summary>
    /// <exception cref="PeerException">It is absent or has failed.</exception>
    public static double OfTorch(string model, int batch, int threads)
    {
        using var torch = TorchPeer.Start(threads);
        torch.Process.Ask(Create(ModelRegistry.Find(model)!, batch).TorchRequest(path: null, threads));
        torch.Process.Ask(new { verb = "run", calls = Steps });
        return torch.Process.AskNumber(new { verb = "peak" }) * BytesPerKilobyte / Megabyte;
    }

    private static TrainingStepSide Create(ModelRecipe recipe, int? batch) => new(recipe, batch ?? recipe.BatchSize);
}
