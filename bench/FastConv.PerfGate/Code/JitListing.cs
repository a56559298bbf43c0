namespace FastConv.PerfGate.Code;

/// <summary>A method as the JIT compiled it: its full name, and its labels and instructions in order.</summary>
internal sealed record JitMethod(string Name, IReadOnlyList<string> Lines);

/// <summary>What the JIT writes to <c>DOTNET_JitStdOutFile</c>.</summary>
internal static class JitListing
{
    private const string Header = "; Assembly listing for method ";
    private const char Comment = ';';

    /// <summary>The methods of a listing. Labels keep their colon, comments are gone.</summary>
    public static IReadOnlyList<JitMethod> Parse(IEnumerable<string> lines)
    {
        var methods = new List<JitMethod>();
        List<string> body = [];
        foreach (string line in lines)
        {
            if (line.StartsWith(Header, StringComparison.Ordinal))
            {
                body = [];
                methods.Add(new JitMethod(line[Header.Length..], body));
                continue;
            }

            string code = line.Split(Comment)[0].Trim();
            if (code.Length > 0)
            {
                body.Add(code);
            }
        }

        return methods;
    }
}
