namespace FastConv.Interchange;

/// <summary>Where the names and shapes of a file and of a model differ.</summary>
/// <param name="Missing">Names of the model that the file does not have.</param>
/// <param name="Unexpected">Names of the file that the model does not have.</param>
/// <param name="MisShaped">Names of both, with both shapes: <c>0.weight: expected [8, 3, 3, 3], received [8, 1, 3, 3]</c>.</param>
public sealed record StateMismatch(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> MisShaped)
{
    /// <summary>Whether there is no difference.</summary>
    public bool IsEmpty => Missing.Count + Unexpected.Count + MisShaped.Count == 0;

    /// <summary>All differences in a sentence.</summary>
    public override string ToString() => string.Join("; ", Parts());

    private IEnumerable<string> Parts()
    {
        if (Missing.Count > 0)
        {
            yield return $"missing {string.Join(", ", Missing)}";
        }

        if (Unexpected.Count > 0)
        {
            yield return $"unexpected {string.Join(", ", Unexpected)}";
        }

        if (MisShaped.Count > 0)
        {
            yield return $"mis-shaped {string.Join(", ", MisShaped)}";
        }
    }
}
