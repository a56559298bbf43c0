namespace FastConv.Tests.Cases;

/// <summary>A test on a real data set: skipped, with the reason, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string dataset)
    {
        if (DataFolder.Find(dataset, out string reason) is null)
        {
            Skip = reason;
        }
    }
}
