namespace FastConv.Tests.Reference;

/// <summary>Losses of one prediction x and one target t, and their derivatives with respect to x. The means divide by n afterwards.</summary>
internal static class ElementLossReference
{
    public static double Mse(double x, double t) => Math.Pow(x - t, 2);

    public static double MseGradient(double x, double t) => 2 * (x - t);

    public static double L1(double x, double t) => Math.Abs(x - t);

    public static double L1Gradient(double x, double t) => Math.Sign(x - t);

    public static double Huber(double x, double t, double delta) =>
        Math.Abs(x - t) <= delta ? Math.Pow(x - t, 2) / 2 : delta * (Math.Abs(x - t) - delta / 2);

    public static double HuberGradient(double x, double t, double delta) => Math.Clamp(x - t, -delta, delta);

    public static double Bce(double p, double t) => -(t * Math.Max(Math.Log(p), -100) + (1 - t) * Math.Max(Math.Log(1 - p), -100));

    public static double BceGradient(double p, double t) => (p - t) / Math.Max(p * (1 - p), 1e-12);

    public static double BceWithLogits(double x, double t)
    {
        // log(sigmoid(x)) and log(1 - sigmoid(x)) without a sigmoid that rounds to 0 or 1.
        double logSigmoid = x >= 0 ? -Math.Log(1 + Math.Exp(-x)) : x - Math.Log(1 + Math.Exp(x));
        double logOther = x >= 0 ? -x - Math.Log(1 + Math.Exp(-x)) : -Math.Log(1 + Math.Exp(x));
        return -(t * logSigmoid + (1 - t) * logOther);
    }

    public static double BceWithLogitsGradient(double x, double t) => 1 / (1 + Math.Exp(-x)) - t;
}
