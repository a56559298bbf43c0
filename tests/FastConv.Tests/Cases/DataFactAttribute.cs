using FastConv.Simd;

namespace FastConv.Tests.Cases;

/// <summary>A test on a real data set: skipped, with the reason, where the data is absent or no vector instructions are in force.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string dataset)
    {
        if (DataFolder.Find(dataset, out string reason) is null)
        {
            Skip = reason;
        }
        else if (SimdDispatch.InstructionSet == "scalar")
        {
            Skip = "Without vector instructions it takes too long.";
        }
    }
}
