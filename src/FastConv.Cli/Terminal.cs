using Spectre.Console;

namespace FastConv.Cli;

/// <summary>Where a command writes.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">What went wrong, and progress where the output is for a program.</param>
/// <param name="Live">A screen that can redraw what it shows; null where the output goes to a file or a pipe.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, IAnsiConsole? Live)
{
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi ? AnsiConsole.Console : null);
}
