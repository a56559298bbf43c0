using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Load;

/// <summary>Absurd sizes are exceptions: those that no array has are refused, those that memory has no room for throw, and the process goes on.</summary>
public sealed class AllocationFailureTests
{
    [Fact]
    public void Sizes_beyond_any_array_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Tensor(int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentException>(() => Conv2dShape.Create(int.MaxValue, 1, int.MaxValue, 1, int.MaxValue, 1));
        Assert.ThrowsAny<ArgumentException>(() => BufferPool.Rent(int.MaxValue));
    }

    [Fact]
    public void What_memory_has_no_room_for_is_an_exception_after_which_everything_works()
    {
        (int exitCode, string[] lines, string error) = OwnProcess.Run(["DOTNET_GCHeapHardLimit=0x8000000"], ScarceMemory.Verb);
        Assert.True(exitCode == 0 && lines[^1] == ScarceMemory.Usable, $"{string.Join(Environment.NewLine, lines)}{error}");
    }
}
