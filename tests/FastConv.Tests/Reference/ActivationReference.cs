namespace FastConv.Tests.Reference;

/// <summary>
/// Activations of one number and their derivatives. As in the primitives, ReLU, sigmoid and tanh go back from y, the others from x.
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

    public static double SiLU(double x) => x * Sigmoid(x);

    public static double SiLUGradient(double x, double gradOutput) => gradOutput * (Sigmoid(x) * (1 + x * (1 - Sigmoid(x))));

    public static double HardSigmoid(double x) => Math.Clamp(x + 3, 0, 6) / 6;

    public static double HardSigmoidGradient(double x, double gradOutput) => Math.Abs(x) < 3 ? gradOutput / 6 : 0;

    public static double HardSwish(double x) => x * HardSigmoid(x);

    public static double HardSwishGradient(double x, double gradOutput) => x <= -3 ? 0 : x >= 3 ? gradOutput : gradOutput * (x / 3 + 0.5);

    public static double GELU(double x) => x * ((1 + ErfReference.Erf(x / Math.Sqrt(2))) / 2);

    public static double GELUGradient(double x, double gradOutput) =>
        gradOutput * ((1 + ErfReference.Erf(x / Math.Sqrt(2))) / 2 + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));

    public static double GELUTanh(double x) => x * ((1 + Math.Tanh(Bent(x))) / 2);

    // Limited, because far out the square of a slope of 0 is not a number.
    public static double GELUTanhGradient(double x, double gradOutput)
    {
        double limited = Math.Clamp(x, -40, 40);
        double tanh = Math.Tanh(Bent(limited));
        double slope = Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * limited * limited);
        return gradOutput * ((1 + tanh) / 2 + limited * (1 - tanh * tanh) / 2 * slope);
    }

    private static double Bent(double x) => Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
}
