namespace FastConv.Mutants;

/// <summary>One changed instruction of the library.</summary>
/// <param name="Method">The method as metadata names it, with its type.</param>
/// <param name="Offset">Of the instruction in its method, which with <paramref name="Change"/> tells mutants apart.</param>
/// <param name="Change">What becomes what.</param>
/// <param name="File">Of the source, from the repository's root.</param>
/// <param name="Line">Of the statement that the instruction belongs to.</param>
/// <param name="Position">In the assembly's file.</param>
/// <param name="Bytes">What is written there.</param>
internal sealed record Mutant(string Method, int Offset, string Change, string File, int Line, int Position, byte[] Bytes)
{
    public string Identity => $"{Method}+{Offset:x}: {Change}";
}
