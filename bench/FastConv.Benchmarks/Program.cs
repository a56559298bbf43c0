using BenchmarkDotNet.Running;
using FastConv.Benchmarks;
using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;

switch (args)
{
    case [PeersCommand.Verb, ..]:
        return PeersCommand.Run(args);
    case [StepsCommand.Verb, ..]:
        return StepsCommand.Run(args);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(RandomValues).Assembly).Run(args);
        return 0;
}
