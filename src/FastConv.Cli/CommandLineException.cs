namespace FastConv.Cli;

/// <summary>The command line asks for something that cannot be done; the message says what, in one line.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
