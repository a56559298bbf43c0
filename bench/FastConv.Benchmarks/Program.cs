using FastConv.Benchmarks.Limits;
using FastConv.Benchmarks.Loading;
using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Report;
using FastConv.Benchmarks.Scaling;
using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites;

switch (args)
{
    case [PeersCommand.Verb, ..]:
        return PeersCommand.Run(args);
    case [StepsCommand.Verb, ..]:
        return StepsCommand.Run(args);
    case [LimitsCommand.Verb, ..]:
        return LimitsCommand.Run(args);
    case [ScalingCommand.Verb, ..]:
        return ScalingCommand.Run(args);
    case [LoadingCommand.Verb, ..]:
        return LoadingCommand.Run(args);
    case [ReportCommand.Verb, ..]:
        return ReportCommand.Run(args);
    default:
        return SuiteRun.Run(args);
}
