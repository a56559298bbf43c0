using FastConv.PerfGate;
using FastConv.PerfGate.Code;
using FastConv.PerfGate.Speed;

return args switch
{
    [CompiledKernels.Verb] => CompiledKernels.Compile(),
    [SpeedRuns.Verb, var filter] => SpeedRuns.Measure(filter),
    _ => GateCommand.Run(args),
};
