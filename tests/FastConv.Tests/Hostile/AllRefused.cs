using System.Runtime.ExceptionServices;

namespace FastConv.Tests.Hostile;

/// <summary>Many inputs of one kind, each of which must be refused alike.</summary>
internal static class AllRefused
{
    /// <summary>Runs all, and throws what the last one threw.</summary>
    public static void With<TError>(IEnumerable<Action> inputs)
        where TError : Exception
    {
        Exception? last = null;
        foreach ((int number, Action input) in inputs.Index())
        {
            last = Record.Exception(input);
            Assert.True(last is TError, $"input {number}: expected {typeof(TError).Name}, received {last?.ToString() ?? "none"}");
        }

        Assert.NotNull(last);
        ExceptionDispatchInfo.Throw(last);
    }

    /// <summary>A file cut at every byte, from nothing to all but the last one.</summary>
    public static void WhenCut(HostileCall call, byte[] file, string name, Action<string> open, int lengths) =>
        With<InvalidDataException>(Enumerable.Range(0, lengths).Select(length => (Action)(() => open(call.Folder.Write(name, file.AsSpan(0, length))))));
}
