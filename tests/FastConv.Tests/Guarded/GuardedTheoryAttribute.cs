namespace FastConv.Tests.Guarded;

/// <summary>A test on pages that fault: skipped where they are not asked for with mmap.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuardedTheoryAttribute : TheoryAttribute
{
    public GuardedTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Pages that fault come from mmap here, which Windows does not have.";
        }
    }
}
