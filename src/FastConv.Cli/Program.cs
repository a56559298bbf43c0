using System.Runtime.InteropServices;
using FastConv.Cli;

using var stop = new CancellationTokenSource();

// The first Ctrl-C lets the step under way end; the second one ends the process, as if there were no handler.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
});

return await CommandLine.RunAsync(args, Terminal.OfProcess(), stop.Token);
