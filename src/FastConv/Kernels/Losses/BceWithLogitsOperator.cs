namespace FastConv.Kernels.Losses;

/// <summary>
/// Binary cross-entropy of sigmoid(x): max(x, 0) - x * target + log(1 + e^-|x|), which overflows for no logit. Its gradient is
/// sigmoid(x) - target.
/// </summary>
internal readonly struct BceWithLogitsOperator : IElementLoss
{
    public double Value(double prediction, double target) =>
        Math.Max(prediction, 0) - prediction * target + LogOnePlus(Math.Exp(-Math.Abs(prediction)));

    // 1 + x rounds the small x away that is all the loss of a right and certain prediction: there, the start of the series.
    private static double LogOnePlus(double x) => x < 1e-5 ? x * (1 - x * (0.5 - x / 3)) : Math.Log(1 + x);
}
