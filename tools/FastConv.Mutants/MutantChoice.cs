namespace FastConv.Mutants;

/// <summary>Some of all mutants, by a seed: a file at a time, in turns, so that small files are not lost beside long ones.</summary>
internal static class MutantChoice
{
    public static IReadOnlyList<Mutant> Of(IReadOnlyList<Mutant> all, int count, int seed)
    {
        Mutant[][] files = [.. all.GroupBy(mutant => mutant.File).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.ToArray())];
        for (int file = 0; file < files.Length; file++)
        {
            // A file that is changed changes the choice in itself alone.
            new Random(seed + file).Shuffle(files[file]);
        }

        new Random(seed).Shuffle(files);

        return [.. Enumerable.Range(0, all.Count).SelectMany(turn => files.Where(file => turn < file.Length).Select(file => file[turn])).Take(count)];
    }
}
