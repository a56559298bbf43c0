using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FastConv.Fuzz.Files;
using FastConv.Fuzz.Shapes;

namespace FastConv.Fuzz;

/// <summary>Gives every target its share of the time.</summary>
internal static partial class FuzzRun
{
    // The corpus grows by what takes a new way; beyond this it would be many ways of the same.
    private const int LargestCorpus = 400;
    private const int MostFindings = 5;
    private const long BytesPerInputByte = 64;

    private static IFuzzTarget[] Targets =>
    [
        new IdxTarget(), new CsvTarget(), new CifarTarget(), new SafetensorsTarget(), new CheckpointTarget(), new ImageTarget(), new ImageFolderTarget(), new RunConfigTarget(),
        new ConvolutionTarget(), new PoolTarget(), new GemmTarget(), new LinearTarget(), new ColumnsTarget(), new BatchNormTarget(), new ClassesTarget(), new ElementsTarget(),
    ];

    /// <returns>0 where nothing was found, 1 where something was.</returns>
    public static int Run(FuzzOptions options)
    {
        IFuzzTarget[] targets = [.. Targets.Where(target => options.Target is null || target.Name == options.Target)];
        if (targets.Length == 0 || (options.Repeat is not null && options.Target is null))
        {
            Console.Error.WriteLine($"--target expects one of {string.Join(", ", Targets.Select(target => target.Name))}, and --repeat wants it");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("fastconv-fuzz").FullName;
        try
        {
            return targets.Sum(target => options.Repeat is { } input ? Repeat(target, input, folder) : Fuzz(target, options, options.Time / targets.Length, folder)) == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Fuzz(IFuzzTarget target, FuzzOptions options, TimeSpan time, string folder)
    {
        var random = new Random(options.Seed);
        var corpus = new List<byte[]>();
        var outcomes = new HashSet<string>();
        var found = new HashSet<string>();
        byte[] current = [];
        using var watchdog = new FuzzWatchdog(() => Report(target, options.Findings, current, "no end after ten seconds"));
        var queue = new Queue<byte[]>(target.Seeds(random));
        var clock = Stopwatch.StartNew();
        int cases = 0;
        for (; clock.Elapsed < time && found.Count < MostFindings; cases++)
        {
            current = queue.TryDequeue(out byte[]? seed) ? seed : target.Next(corpus, random);
            watchdog.Begin();
            (string outcome, string? finding) = Case(target, current, folder);
            watchdog.End();
            if (finding is not null && found.Add(Shape(finding)))
            {
                Report(target, options.Findings, current, finding);
            }

            if ((outcomes.Add(outcome) || corpus.Count == 0) && corpus.Count < LargestCorpus)
            {
                corpus.Add(current);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name,-14} {cases,9} cases {cases / clock.Elapsed.TotalSeconds,9:f0} cases/s {outcomes.Count,4} outcomes {corpus.Count,4} kept {found.Count} findings"));
        return found.Count;
    }

    private static (string Outcome, string? Finding) Case(IFuzzTarget target, byte[] input, string folder)
    {
        long before = GC.GetTotalAllocatedBytes();
        (string, string?) result;
        try
        {
            result = (target.Run(input, folder), null);
        }
        catch (Exception exception) when (exception is not FuzzFinding && target.IsDocumented(exception))
        {
            result = ($"{exception.GetType().Name} {Shape(exception.Message.Replace(folder, "", StringComparison.Ordinal))}", null);
        }
        catch (Exception exception)
        {
            result = ("finding", $"{exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n')[0].Trim()}");
        }

        long allocated = GC.GetTotalAllocatedBytes() - before;
        return allocated > target.MostBytes + BytesPerInputByte * input.Length ? ("finding", $"{allocated >> 20} MB were allocated") : result;
    }

    private static int Repeat(IFuzzTarget target, string path, string folder)
    {
        (string outcome, string? finding) = Case(target, File.ReadAllBytes(path), folder);
        Console.WriteLine(finding ?? outcome);
        return finding is null ? 0 : 1;
    }

    private static void Report(IFuzzTarget target, string folder, byte[] input, string finding)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{target.Name}-{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(path, input);
        Console.WriteLine($"FINDING {target.Name}: {finding}\n  repeat: dotnet run -c Release --project tests/FastConv.Fuzz -- --target {target.Name} --repeat {path}");
    }

    // Numbers, quoted parts and what was received differ from input to input.
    private static string Shape(string message) => Variable().Replace(message.Split('\n')[0], "#");

    [GeneratedRegex("received .*|'[^']*'|\"[^\"]*\"|[-+]?[0-9][0-9A-Fa-f.,]*")]
    private static partial Regex Variable();
}
