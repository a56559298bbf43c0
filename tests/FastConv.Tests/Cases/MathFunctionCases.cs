using FastConv.Kernels.Elementwise;
using FastConv.Simd;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Cases;

/// <summary>A vector function beside its double-precision version, and how many units in the last place it may be off.</summary>
internal sealed record MathFunctionCase(Func<double, double> Plain, double Ulp, MathFunctionRuns Runs);

/// <summary>The function over an array, by the name of the vector.</summary>
internal sealed class MathFunctionRuns : Dictionary<string, Func<float[], float[]>>;

/// <summary>Every vector function, by name.</summary>
internal static unsafe class MathFunctionCases
{
    private static readonly Dictionary<string, MathFunctionCase> ByName = new()
    {
        ["exp"] = new(Math.Exp, 1.1, Runs(default(ExpOperator))),
        ["log"] = new(Math.Log, 1, Runs(default(LogOperator))),
        ["log(1 + x)"] = new(LogOnePlus, 1.5, Runs(default(LogOnePlusOperator))),
        ["tanh"] = new(Math.Tanh, 2.7, Runs(default(TanhOperator))),
        ["sigmoid"] = new(ActivationReference.Sigmoid, 2.5, Runs(default(SigmoidOperator))),
        ["erf"] = new(ErfReference.Erf, 2, Runs(default(ErfOperator))),
    };

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    public static MathFunctionCase Get(string name) => ByName[name];

    private static double LogOnePlus(double x) =>
        Math.Abs(x) < 1e-4 ? x * (1 - x * (0.5 - x * (1.0 / 3 - x * 0.25))) : Math.Log(1 + x);

    // The widths with FMA promise one rounding, and are only chosen where the hardware keeps that promise.
    private static MathFunctionRuns Runs<TOperator>(TOperator operation)
        where TOperator : struct, IUnaryOperator
    {
        var runs = new MathFunctionRuns { ["V1"] = x => Map<TOperator, V1>(operation, x), ["VPortable"] = x => Map<TOperator, VPortable>(operation, x) };
        if (SimdDispatch.HasFusedMultiplyAdd)
        {
            runs["V128"] = x => Map<TOperator, V128>(operation, x);
        }

        if (SimdDispatch.Lanes >= 8 && SimdDispatch.HasFusedMultiplyAdd)
        {
            runs["V256"] = x => Map<TOperator, V256>(operation, x);
            runs["Wide<V256>"] = x => Map<TOperator, Wide<V256>>(operation, x);
        }

        if (SimdDispatch.Lanes == 16)
        {
            runs["V512"] = x => Map<TOperator, V512>(operation, x);
        }

        return runs;
    }

    private static float[] Map<TOperator, V>(TOperator operation, float[] x)
        where TOperator : struct, IUnaryOperator
        where V : struct, IVector<V>
    {
        float[] y = TestTensors.NaNs(x.Length);
        fixed (float* source = x, destination = y)
        {
            for (int i = 0; i < x.Length; i += V.Count)
            {
                int count = Math.Min(V.Count, x.Length - i);
                operation.Apply(V.LoadFirst(source + i, count)).StoreFirst(destination + i, count);
            }
        }

        return y;
    }

    private readonly struct ExpOperator : IUnaryOperator
    {
        public V Apply<V>(V x)
            where V : struct, IVector<V> => ExpMath.Exp(x);
    }

    private readonly struct LogOperator : IUnaryOperator
    {
        public V Apply<V>(V x)
            where V : struct, IVector<V> => LogMath.Log(x);
    }

    private readonly struct LogOnePlusOperator : IUnaryOperator
    {
        public V Apply<V>(V x)
            where V : struct, IVector<V> => LogMath.LogOnePlus(x);
    }

    private readonly struct ErfOperator : IUnaryOperator
    {
        public V Apply<V>(V x)
            where V : struct, IVector<V> => ErfMath.Erf(x);
    }
}
