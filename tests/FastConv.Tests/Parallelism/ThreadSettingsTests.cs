using FastConv.Parallelism;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Parallelism;

[Collection(ThreadCases.Collection)]
public sealed class ThreadSettingsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(ThreadSettings.Limit + 1)]
    public void CountsOutsideTheirRange_AreRefused(int threads)
    {
        int before = ThreadSettings.MaxThreads;

        Assert.Throws<ArgumentOutOfRangeException>(() => ThreadSettings.MaxThreads = threads);
        Assert.Equal(before, ThreadSettings.MaxThreads);
    }

    [Fact]
    public void MaxThreads_IsTheNumberOfProcessorsUnlessTheEnvironmentSaysOtherwise()
    {
        if (Environment.GetEnvironmentVariable(ThreadSettings.EnvironmentVariable) is null)
        {
            Assert.Equal(Math.Min(Environment.ProcessorCount, ThreadSettings.Limit), ThreadSettings.MaxThreads);
        }
        else
        {
            Assert.InRange(ThreadSettings.MaxThreads, 1, ThreadSettings.Limit);
        }
    }
}
