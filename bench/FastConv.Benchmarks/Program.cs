using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites;

switch (args)
{
    case [PeersCommand.Verb, ..]:
        return PeersCommand.Run(args);
    case [StepsCommand.Verb, ..]:
        return StepsCommand.Run(args);
    default:
        return SuiteRun.Run(args);
}
