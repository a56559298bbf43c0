namespace FastConv.Tests.Hostile;

/// <summary>Kinds of weakness that were published for other engines' operations, by their number in the Common Weakness Enumeration.</summary>
internal static class HostileWeakness
{
    public const string ZeroDivisor = "CWE-369";
    public const string Overflow = "CWE-190";
    public const string Negative = "CWE-1284";
    public const string ShortBuffer = "CWE-787, CWE-125";
    public const string BadIndex = "CWE-129";
    public const string Null = "CWE-476";
    public const string Overlap = "CWE-119";
    public const string NotFinite = "CWE-20";
    public const string WrongOrder = "CWE-696";
    public const string Unbounded = "CWE-789";
    public const string Bomb = "CWE-409";
    public const string Links = "CWE-59";
    public const string Lying = "CWE-130";
    public const string Duplicate = "CWE-694";
    public const string Nesting = "CWE-674";
    public const string Enumeration = "CWE-1287";
    public const string Concurrency = "CWE-362";
}
