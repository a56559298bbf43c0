using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace FastConv.Mutants;

/// <summary>Chooses mutants, tests those without a result until the time is over, and reports all.</summary>
internal static class MutationRun
{
    private const double Wanted = 0.9;

    /// <returns>0 where all are tested and nine of ten are caught, 3 where some are left for the next call.</returns>
    public static int Run(MutationOptions options)
    {
        string root = FolderAbove("FastConv.sln");
        string built = Path.Combine(root, "tests", "FastConv.Tests", "bin", "Release", "net10.0");
        string library = Path.Combine(built, "FastConv.dll");

        // Results hold for one library; tests may be added. Copies stay inside of the repository, whose files tests read.
        string state = Path.Combine(root, "artifacts", "mutants", HashOf(library));
        Directory.CreateDirectory(state);
        IReadOnlyList<Mutant> all = MutantSites.Find(library);
        IReadOnlyList<Mutant> chosen = MutantChoice.Of(all, options.Count, options.Seed);
        var results = new MutantResults(Path.Combine(state, "results.jsonl"));
        Mutant[] open = [.. chosen.Where(mutant => results.Of(mutant) is not { } known || (options.Again && known.CaughtBy is null))];
        Console.WriteLine($"{all.Count} sites, {chosen.Count} chosen, {open.Length} to test; results in {state}");
        if (open.Length > 0)
        {
            string times = Path.Combine(state, $"unchanged-{HashOf(Path.Combine(built, "FastConv.Tests.dll"))}.jsonl");
            var limits = new StageLimits(times, new MutationSlot(built, Path.Combine(state, "unchanged")));
            TestAll(open, options, limits, slot => new MutationSlot(built, Path.Combine(state, $"slot{slot}")), results);
        }

        return Report(root, chosen, results);
    }

    private static string HashOf(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))[..8];

    private static void TestAll(Mutant[] open, MutationOptions options, StageLimits limits, Func<int, MutationSlot> create, MutantResults results)
    {
        var queue = new ConcurrentQueue<Mutant>(open);
        var clock = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(options.Slots, open.Length)).Select(slot => new Thread(() =>
        {
            MutationSlot copy = create(slot);
            while (clock.Elapsed < options.Time && queue.TryDequeue(out Mutant? mutant))
            {
                results.Add(copy.Test(mutant, limits));
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private static int Report(string root, IReadOnlyList<Mutant> chosen, MutantResults results)
    {
        MutantResult[] known = [.. chosen.Select(results.Of).OfType<MutantResult>()];
        MutantResult[] survivors = [.. known.Where(result => result.CaughtBy is null).OrderBy(result => result.File, StringComparer.Ordinal)];
        foreach (MutantResult survivor in survivors)
        {
            string source = File.ReadLines(Path.Combine(root, survivor.File)).ElementAt(survivor.Line - 1).Trim();
            Console.WriteLine($"survivor {survivor.File}:{survivor.Line} {survivor.Change}: {source}");
        }

        double share = known.Length == 0 ? 0 : 1 - (double)survivors.Length / known.Length;
        Console.WriteLine(
            $"{known.Length} of {chosen.Count} mutants tested, {known.Length - survivors.Length} caught ({share:P1}), {known.Count(result => result.CaughtBy == TestProcess.Timeout)} of them "
            + $"by taking too long, {survivors.Length} survived");
        return known.Length < chosen.Count ? 3 : share >= Wanted ? 0 : 1;
    }

    private static string FolderAbove(string file)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, file)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"no {file} above {AppContext.BaseDirectory}");
    }
}
