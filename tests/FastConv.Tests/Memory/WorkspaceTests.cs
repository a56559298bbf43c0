using FastConv.Memory;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Memory;

[Collection(ThreadCases.Collection)]
public sealed unsafe class WorkspaceTests
{
    [Fact]
    public void Parts_AreAlignedAndApart()
    {
        int[] lengths = [1, 16, 17, 0, 1000, 3];
        using var workspace = Workspace.Rent(lengths.Sum(Workspace.SizeOf));
        float* end = null;
        foreach (int length in lengths)
        {
            float* part = workspace.Take(length);
            Assert.Equal(0, (long)part % 64);
            Assert.True(part >= end);
            new Span<float>(part, length).Fill(length);
            end = part + length;
        }
    }

    [Fact]
    public void TakingMoreThanWasRented_IsRefused()
    {
        long rented = BufferPool.Rented;
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            using var workspace = Workspace.Rent(2000);
            workspace.Take(2000);
            workspace.Take(100); // the class above 2000 is 2048
        });

        Assert.Equal("the workspace has 48 floats left, 112 were asked for.", error.Message);
        Assert.Equal(rented, BufferPool.Rented);
    }

    [Fact]
    public void Dispose_ReturnsOnceAndEndsTheWorkspace()
    {
        long rented = BufferPool.Rented;
        var workspace = Workspace.Rent(5000);
        Assert.Equal(rented + 1, BufferPool.Rented);
        workspace.Dispose();
        workspace.Dispose();

        Assert.Equal(rented, BufferPool.Rented);
        bool isRefused = false;
        try
        {
            workspace.Take(1);
        }
        catch (InvalidOperationException)
        {
            isRefused = true;
        }

        Assert.True(isRefused);
    }

    [Fact]
    public void WarmUse_AllocatesNothing() => AllocationCases.AssertWarmCallAllocatesNothing(() =>
    {
        using var workspace = Workspace.Rent(3000);
        workspace.Take(1000)[999] = 1;
        workspace.Take(1000)[999] = 2;
    });
}
