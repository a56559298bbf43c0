namespace FastConv.Cli;

/// <summary>Training was stopped and can be continued; the message says how.</summary>
internal sealed class RunStoppedException(string message, Exception reason) : OperationCanceledException(message, reason);
