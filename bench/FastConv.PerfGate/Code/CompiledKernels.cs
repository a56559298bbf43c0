using System.Diagnostics;
using System.Globalization;
using FastConv.Benchmarks;
using FastConv.Simd;

namespace FastConv.PerfGate.Code;

/// <summary>All kernels as the JIT compiles them with some of the CPU's instructions switched off: in a process of its own, since it reads its settings at start.</summary>
internal sealed record CompiledKernels(string InstructionSet, IReadOnlyList<CompiledKernel> Kernels)
{
    /// <summary>How this program tells a child of its own to compile.</summary>
    public const string Verb = "compile";

    private const char Separator = '\t';
    private const string Setting = "DOTNET_";

    /// <summary>Compiles in this process and says what and for which instruction set, a line each.</summary>
    public static int Compile()
    {
        Console.WriteLine(MachineLimits.InstructionSet);
        foreach (CodeKernel kernel in CodeKernels.Create())
        {
            kernel.Compile();
            Console.WriteLine(string.Join(Separator, kernel.Name, kernel.MultiplyAdds, kernel.ListedName));
        }

        return 0;
    }

    /// <param name="without">What is switched off, as the runtime's setting names it; null for nothing.</param>
    /// <exception cref="IOException">The process failed.</exception>
    public static CompiledKernels Create(string? without)
    {
        string listing = Path.GetTempFileName();
        try
        {
            string[] lines = Run(without, listing);
            IReadOnlyList<JitMethod> methods = JitListing.Parse(File.ReadLines(listing));
            return new CompiledKernels(lines[0], [.. lines.Skip(1).Select(line => Find(line.Split(Separator), methods))]);
        }
        finally
        {
            File.Delete(listing);
        }
    }

    private static CompiledKernel Find(string[] cells, IReadOnlyList<JitMethod> methods)
    {
        JitMethod? method = methods.FirstOrDefault(method => method.Name.StartsWith(cells[2], StringComparison.Ordinal));
        return new CompiledKernel(cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), method is null ? null : HotLoop.Find(method));
    }

    // Fully optimised at once: what a kernel is compiled to then depends on nothing that ran before.
    private static string[] Run(string? without, string listing)
    {
        ProcessStartInfo start = OwnProcess.Prepare(Verb);
        start.Environment[Setting + "TieredCompilation"] = "0";
        start.Environment[Setting + "JitDisasm"] = string.Join(' ', CodeKernels.Create().Select(kernel => kernel.Method.Name).Distinct());
        start.Environment[Setting + "JitStdOutFile"] = listing;
        if (without is not null)
        {
            start.Environment[Setting + without] = "0";
        }

        return ChildLines.Read(start);
    }
}
