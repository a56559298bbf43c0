namespace FastConv.Mutants;

/// <summary>Some of all mutants, by a seed: a file at a time, in turns, so that small files are not lost beside long ones.</summary>
internal static class MutantChoice
{
    public static IReadOnlyList<Mutant> Of(IReadOnlyList<Mutant> all, int count, int seed)
    {
        var random = new Random(seed);
        Mutant[][] files = [.. all.GroupBy(mutant => mutant.File).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.ToArray())];
        random.Shuffle(files);
        foreach (Mutant[] file in files)
        {
            random.Shuffle(file);
        }

        return [.. Enumerable.Range(0, all.Count).SelectMany(turn => files.Where(file => turn < file.Length).Select(file => file[turn])).Take(count)];
    }
}
