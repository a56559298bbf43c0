namespace FastConv.Tests.Cases;

/// <summary>A test against PyTorch as the system's package manager installs it: skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute()
    {
        if (!Directory.Exists(PythonRun.TorchFolder))
        {
            Skip = $"There is no PyTorch for {PythonRun.Interpreter}: Debian's package python3-torch has it.";
        }
    }
}
