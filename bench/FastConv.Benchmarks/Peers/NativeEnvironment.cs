using System.Runtime.InteropServices;

namespace FastConv.Benchmarks.Peers;

/// <summary>The environment that native libraries read when they are loaded; .NET's own variables do not reach it.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable unless the caller of the program has.</summary>
    public static void SetDefault(string name, string value) => _ = SetVariable(name, value, overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
