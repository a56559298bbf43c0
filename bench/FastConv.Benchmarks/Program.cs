using BenchmarkDotNet.Running;
using FastConv.Benchmarks.Peers;

if (args is [PeersCommand.Verb, ..])
{
    return PeersCommand.Run(args);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
