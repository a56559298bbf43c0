using FastConv.Primitives;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Cases;

internal delegate void ActivationForward(ReadOnlySpan<float> x, Span<float> y);

internal delegate void ActivationBackward(ReadOnlySpan<float> remembered, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

/// <summary>An activation's two primitives beside their plain versions.</summary>
internal sealed record ActivationCase(
    ActivationForward Forward,
    ActivationBackward Backward,
    Func<double, double> PlainForward,
    Func<double, double, double> PlainBackward,
    bool RemembersInput = false);

/// <summary>Every activation, by name.</summary>
internal static class ActivationCases
{
    private const float Slope = 0.25f;

    private static readonly Dictionary<string, ActivationCase> ByName = new()
    {
        ["ReLU"] = new(ReLUPrimitives.Forward, ReLUPrimitives.Backward, ActivationReference.ReLU, ActivationReference.ReLUGradient),
        ["Sigmoid"] = new(SigmoidPrimitives.Forward, SigmoidPrimitives.Backward, ActivationReference.Sigmoid, ActivationReference.SigmoidGradient),
        ["Tanh"] = new(TanhPrimitives.Forward, TanhPrimitives.Backward, ActivationReference.Tanh, ActivationReference.TanhGradient),
        ["LeakyReLU"] = new(
            (x, y) => LeakyReLUPrimitives.Forward(x, Slope, y),
            (x, gradOutput, gradInput) => LeakyReLUPrimitives.Backward(x, gradOutput, Slope, gradInput),
            x => ActivationReference.LeakyReLU(x, Slope),
            (x, gradOutput) => ActivationReference.LeakyReLUGradient(x, gradOutput, Slope),
            RemembersInput: true),
        ["SiLU"] = new(SiLUPrimitives.Forward, SiLUPrimitives.Backward, ActivationReference.SiLU, ActivationReference.SiLUGradient, RemembersInput: true),
        ["HardSigmoid"] = new(
            HardSigmoidPrimitives.Forward, HardSigmoidPrimitives.Backward, ActivationReference.HardSigmoid, ActivationReference.HardSigmoidGradient, RemembersInput: true),
        ["HardSwish"] = new(
            HardSwishPrimitives.Forward, HardSwishPrimitives.Backward, ActivationReference.HardSwish, ActivationReference.HardSwishGradient, RemembersInput: true),
        ["GELU"] = new(
            (x, y) => GELUPrimitives.Forward(x, y),
            (x, gradOutput, gradInput) => GELUPrimitives.Backward(x, gradOutput, gradInput),
            ActivationReference.GELU,
            ActivationReference.GELUGradient,
            RemembersInput: true),
        ["GELU, tanh"] = new(
            (x, y) => GELUPrimitives.Forward(x, y, GELUApproximation.Tanh),
            (x, gradOutput, gradInput) => GELUPrimitives.Backward(x, gradOutput, gradInput, GELUApproximation.Tanh),
            ActivationReference.GELUTanh,
            ActivationReference.GELUTanhGradient,
            RemembersInput: true),
    };

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    public static ActivationCase Get(string name) => ByName[name];
}
