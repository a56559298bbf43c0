namespace FastConv.Tests.Cases;

/// <summary>A test that fills a disk of its own: skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible)
        {
            Skip = "This process may not mount a small disk to be filled.";
        }
    }
}
