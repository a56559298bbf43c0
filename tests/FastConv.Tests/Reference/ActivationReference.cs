namespace FastConv.Tests.Reference;

/// <summary>
/// Activations of one number and their derivatives. As in the primitives, ReLU, sigmoid and tanh go back from y, leaky ReLU from x.
/// </summary>
internal static class ActivationReference
{
    public static double ReLU(double x) => Math.Max(x, 0);

    public static double ReLUGradient(double y, double gradOutput) => y <= 0 ? 0 : gradOutput;

    public static double LeakyReLU(double x, double negativeSlope) => x > 0 ? x : negativeSlope * x;

    public static double LeakyReLUGradient(double x, double gradOutput, double negativeSlope) => x > 0 ? gradOutput : negativeSlope * gradOutput;

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double SigmoidGradient(double y, double gradOutput) => gradOutput * y * (1 - y);

    public static double Tanh(double x) => Math.Tanh(x);

    public static double TanhGradient(double y, double gradOutput) => gradOutput * (1 - y * y);
}
