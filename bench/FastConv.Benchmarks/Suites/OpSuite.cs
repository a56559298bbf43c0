using FastConv.Benchmarks.Steps;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Suites;

/// <summary>Operations whose limit is memory, the same that are compared with other engines.</summary>
public abstract class OpSuite : ComparedSuite
{
    private OpCase _case = null!;

    internal override IEnumerable<string> Names => Cases.Select(NameOf);

    internal abstract Func<OpSize, IEnumerable<OpCase>> Operations { get; }

    internal override WorkUnit Unit => WorkUnit.Bytes;

    internal override double Amount => _case.MovedBytes;

    private IEnumerable<OpCase> Cases => OpSize.All(batch: null).SelectMany(Operations);

    internal override (SuiteCall Library, SuiteCall Scalar) PrepareCalls()
    {
        _case = Cases.First(step => NameOf(step) == Call);
        IReadOnlyList<Tensor> inputs = _case.Prepare().Operands;
        return (CallOf(inputs, _case.Bind), CallOf(inputs, buffers => BindScalar(_case, buffers)));
    }

    /// <summary>Makes the loop, with what forward would have left for it.</summary>
    internal abstract Action BindScalar(OpCase step, OpBuffers buffers);

    internal override string? Describe(ReadOnlySpan<float> library, ReadOnlySpan<float> scalar) => _case.Compare(library, scalar);

    private SuiteCall CallOf(IReadOnlyList<Tensor> inputs, Func<OpBuffers, Action> bind)
    {
        var result = new Tensor(_case.Result);
        return new SuiteCall(bind(new OpBuffers(inputs, result)), () => result.Values);
    }

    private static string NameOf(OpCase step) => $"{step.Name} {step.Pass}";
}
