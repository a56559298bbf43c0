using FastConv.Primitives;

namespace FastConv.Tests.Primitives;

public sealed unsafe class PackedFiltersTests
{
    [Fact]
    public void A_version_is_known_from_the_second_question_on_or_once_it_is_packed()
    {
        var kept = new PackedFilters();
        Assert.False(kept.IsAskedAgain(slot: 2, version: 1));
        Assert.True(kept.IsAskedAgain(slot: 2, version: 1));
        Assert.False(kept.IsAskedAgain(slot: 2, version: 2));
        Assert.False(kept.IsAskedAgain(slot: 3, version: 2));
        var packing = default(Ones);
        Assert.Equal(1, *kept.Get(0, length: 1, version: 5, ref packing));
        Assert.True(kept.IsAskedAgain(slot: 0, version: 5));
        Assert.False(kept.IsAskedAgain(slot: 0, version: 6));
    }

    private readonly struct Ones : IPacking
    {
        public void PackInto(float* packed) => *packed = 1;
    }
}
