using FastConv.PerfGate;
using FastConv.PerfGate.Code;

return args is [CompiledKernels.Verb] ? CompiledKernels.Compile() : GateCommand.Run(args);
