using FastConv.PerfGate.Code;

namespace FastConv.PerfGate.Tests;

/// <summary>The parser on listings in the form that the JIT writes.</summary>
public sealed class HotLoopTests
{
    private const string TwoLoops = """
        ; Assembly listing for method Example.Kernel`1[Example.V512]:Multiply(int,ptr) (FullOpts)
        ; Emitting BLENDED_CODE for generic X64 + VEX + EVEX on Unix

        G_M000_IG01:                ;; offset=0x0000
               push     rbp

        G_M000_IG02:                ;; offset=0x0004
               vmovups  zmm7, zmmword ptr [rbp-0x40]
               align    [4 bytes for IG03]

        G_M000_IG03:                ;; offset=0x0010
               vmovups  zmm2, zmmword ptr [rdx]
               vbroadcastss zmm3, dword ptr [rsi]
               vfmadd231ps zmm0, zmm3, zmm2
               vfmadd213ps zmm3, zmm2, zmmword ptr [rdx+0x40]
               vmovaps  zmm1, zmm3
               vmovups  zmmword ptr [rcx], zmm2
               dec      edi
               jg       SHORT G_M000_IG03

        G_M000_IG04:                ;; offset=0x0040
               call     [Example.Kernel:Rest()]
               test     eax, eax
               jne      G_M000_IG02
               ret

        ; Total bytes of code 96

        ; Assembly listing for method Example.Kernel`1[Example.V256]:Multiply(int,ptr) (FullOpts)

        G_M000_IG01:                ;; offset=0x0000
               je       SHORT G_M000_IG02
               vfmadd231ps ymm0, ymm1, ymmword ptr [rdi]

        G_M000_IG02:                ;; offset=0x0008
               ret
        """;

    [Fact]
    public void Listing_is_cut_into_methods() => Assert.Equal(
        ["Example.Kernel`1[Example.V512]:Multiply(int,ptr) (FullOpts)", "Example.Kernel`1[Example.V256]:Multiply(int,ptr) (FullOpts)"],
        Methods(TwoLoops).Select(method => method.Name));

    [Fact]
    public void Innermost_loop_is_counted_and_nothing_around_it() =>
        Assert.Equal(new LoopCounts(2, 512, 0, 0, new VectorMoves(1, 1, 1)), HotLoop.Find(Methods(TwoLoops)[0]));

    [Fact]
    public void Method_without_a_jump_back_has_no_loop() => Assert.Null(HotLoop.Find(Methods(TwoLoops)[1]));

    [Fact]
    public void Stack_operands_and_calls_are_counted()
    {
        LoopCounts? loop = HotLoop.Find(Loop(
            "vfmadd231ps ymm0, ymm1, ymmword ptr [rbp-0x60]", "vmovups  ymmword ptr [rsp+0x20], ymm0", "vmovups  ymm2, ymmword ptr [rsp+0x20]", "call     [Example:Next()]"));

        Assert.Equal(new LoopCounts(1, 256, 3, 1, new VectorMoves(0, 1, 1)), loop);
    }

    // An element of A is broadcast into all lanes: a move, but none of a vector.
    [Fact]
    public void Scalars_and_broadcasts_are_no_moves_of_vectors() => Assert.Equal(
        new VectorMoves(0, 0, 0),
        HotLoop.Find(Loop("vmovss   xmm1, dword ptr [rsi]", "vbroadcastss zmm2, xmm1", "mov      rax, rbx", "vfmadd231ps zmm0, zmm2, zmm3"))!.Moves);

    [Fact]
    public void Narrowest_vector_counts() =>
        Assert.Equal(128, HotLoop.Find(Loop("vfmadd231ps zmm0, zmm2, zmm3", "vfmadd231ps xmm0, xmm2, xmm3"))!.Bits);

    [Fact]
    public void Of_two_loops_the_one_with_more_multiply_adds_is_hot()
    {
        JitMethod method = Methods("""
            ; Assembly listing for method Example:Run()
            G_M000_IG01:                ;; offset=0x0000
                   vfmadd231ps ymm0, ymm1, ymm2
                   vfmadd231ps ymm3, ymm1, ymm2
                   jg       SHORT G_M000_IG01
            G_M000_IG02:                ;; offset=0x0010
                   vfmadd231ps ymm0, ymm1, ymm2
                   jg       SHORT G_M000_IG02
            """)[0];

        Assert.Equal(2, HotLoop.Find(method)!.MultiplyAdds);
    }

    // The JIT may let an outer loop jump to where the inner one begins.
    [Fact]
    public void Of_two_jumps_back_to_one_label_the_first_closes_the_inner_loop() =>
        Assert.Equal(1, HotLoop.Find(Loop("vfmadd231ps ymm0, ymm1, ymm2", "jl       SHORT G_M000_IG01", "vfmadd231ps ymm3, ymm1, ymm2"))!.MultiplyAdds);

    private static IReadOnlyList<JitMethod> Methods(string listing) => JitListing.Parse(listing.Split('\n'));

    private static JitMethod Loop(params string[] instructions) => Methods(
        $"""
        ; Assembly listing for method Example:Run()
        G_M000_IG01:                ;; offset=0x0000
        {string.Join('\n', instructions)}
               jg       SHORT G_M000_IG01
        """)[0];
}
