using BenchmarkDotNet.Attributes;
using FastConv.Parallelism;
using FastConv.Primitives;
using FastConv.Simd;
using FastConv.Tensors;

namespace FastConv.Benchmarks;

/// <summary>
/// A square product on one core beside the same number of register-only multiply-adds: the column Ratio is how far the product is from the
/// limit (1.10 means 91 % of it).
/// </summary>
public class GemmBenchmarks
{
    private Tensor _a = null!;
    private Tensor _b = null!;
    private Tensor _c = null!;

    [Params(256, 1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        ThreadSettings.MaxThreads = 1;
        _a = RandomValues.Create(Size * Size, seed: 1);
        _b = RandomValues.Create(Size * Size, seed: 2);
        _c = new Tensor(Size, Size);
    }

    [Benchmark(Baseline = true)]
    public long MultiplyAddLimit() => MachineLimits.RunMultiplyAdds((long)Size * Size * Size);

    [Benchmark]
    public float Gemm()
    {
        GemmPrimitives.Multiply(Size, Size, Size, _a.Span, transposeA: false, _b.Span, transposeB: false, _c.Span);
        return _c.Span[0];
    }
}
