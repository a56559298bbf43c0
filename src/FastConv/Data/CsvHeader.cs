namespace FastConv.Data;

/// <summary>Whether the first row of a CSV file names its columns.</summary>
public enum CsvHeader
{
    /// <summary>A first row without any number is a header.</summary>
    Auto,

    /// <summary>The first row is skipped, whatever it holds: headers may be numbers too.</summary>
    Present,

    /// <summary>The first row is the first sample.</summary>
    Absent,
}
