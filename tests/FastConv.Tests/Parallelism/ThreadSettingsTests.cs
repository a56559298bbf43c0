using System.Globalization;
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

    [Fact]
    public void LimitTo_HoldsOnItsThreadUntilItIsDisposed()
    {
        int before = ThreadSettings.MaxThreads;
        try
        {
            ThreadSettings.MaxThreads = 4;
            int elsewhere = 0;
            using (ThreadSettings.LimitTo(3))
            {
                Assert.Equal(3, ThreadSettings.MaxThreads);
                using (ThreadSettings.LimitTo(1))
                {
                    Assert.Equal(1, ThreadSettings.MaxThreads);
                }

                Assert.Equal(3, ThreadSettings.MaxThreads);
                var other = new Thread(() => elsewhere = ThreadSettings.MaxThreads);
                other.Start();
                other.Join();
                ThreadSettings.MaxThreads = 2;
                Assert.Equal(2, ThreadSettings.MaxThreads);
            }

            Assert.Equal(4, elsewhere);
            Assert.Equal(2, ThreadSettings.MaxThreads);
            Assert.Throws<ArgumentOutOfRangeException>(() => ThreadSettings.LimitTo(0));
            Assert.Throws<ArgumentOutOfRangeException>(() => ThreadSettings.LimitTo(ThreadSettings.Limit + 1));
        }
        finally
        {
            ThreadSettings.MaxThreads = before;
        }
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("1", "1")]
    [InlineData("0", "processors")]
    [InlineData("many", "processors")]
    public void TheEnvironment_SetsTheStart(string value, string expected)
    {
        int threads = ThreadSettings.FromText(value);

        Assert.Equal(expected == "processors" ? Math.Min(Environment.ProcessorCount, ThreadSettings.Limit) : int.Parse(expected, CultureInfo.InvariantCulture), threads);
    }
}
