namespace FastConv.Cli;

/// <summary>What somebody may have meant who typed a name that does not exist.</summary>
internal static class NearestName
{
    // Two slips of the finger; more, and the guess is as likely wrong.
    private const int MostEdits = 2;

    /// <summary><c> (did you mean 'lenet'?)</c>, or nothing where no name is near.</summary>
    public static string Suggest(string typed, IEnumerable<string> known)
    {
        string? nearest = known.MinBy(name => Edits(typed, name));
        return nearest is not null && Edits(typed, nearest) <= Math.Min(MostEdits, nearest.Length / 2) ? $" (did you mean '{nearest}'?)" : "";
    }

    // Levenshtein's distance without regard to case, one row of the table at a time.
    private static int Edits(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
