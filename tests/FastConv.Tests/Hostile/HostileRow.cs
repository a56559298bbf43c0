namespace FastConv.Tests.Hostile;

/// <summary>
/// One row of the table: what is given to an entry point, and what becomes of it. Without an error the row says which result is defined, and its call checks it.
/// </summary>
/// <param name="Entry"><c>Type.Method</c>, or <c>new Type</c>, or <c>Type.Property</c> that is set.</param>
/// <param name="Input">The hostile input, in words.</param>
/// <param name="Error">The exception's type.</param>
/// <param name="Says">A part of its message, or the defined result.</param>
/// <param name="Weakness">The published kind of weakness that it belongs to.</param>
/// <param name="Run">Makes the call.</param>
internal sealed record HostileRow(string Entry, string Input, Type? Error, string Says, string Weakness, Action<HostileCall> Run)
{
    /// <summary>Unique in the table.</summary>
    public string Name => $"{Entry}: {Input}";

    public static HostileRow Refused<TError>(string entry, string input, string says, Action<HostileCall> run, string weakness = "")
        where TError : Exception => new(entry, input, typeof(TError), says, weakness, run);

    public static HostileRow Argument(string entry, string input, string says, Action<HostileCall> run, string weakness = "") =>
        Refused<ArgumentException>(entry, input, says, run, weakness);

    public static HostileRow Range(string entry, string input, string says, Action<HostileCall> run, string weakness = "") =>
        Refused<ArgumentOutOfRangeException>(entry, input, says, run, weakness);

    public static HostileRow Missing(string entry, string input, string says, Action<HostileCall> run) =>
        Refused<ArgumentNullException>(entry, input, says, run, HostileWeakness.Null);

    public static HostileRow File(string entry, string input, string says, Action<HostileCall> run, string weakness = "") =>
        Refused<InvalidDataException>(entry, input, says, run, weakness);

    public static HostileRow Order(string entry, string input, string says, Action<HostileCall> run, string weakness = "") =>
        Refused<InvalidOperationException>(entry, input, says, run, weakness);

    public static HostileRow Defined(string entry, string input, string result, Action<HostileCall> run, string weakness = "") =>
        new(entry, input, null, result, weakness, run);
}
