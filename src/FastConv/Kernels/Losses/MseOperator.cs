namespace FastConv.Kernels.Losses;

/// <summary>(prediction - target)^2.</summary>
internal readonly struct MseOperator : IElementLoss
{
    public double Value(double prediction, double target) => (prediction - target) * (prediction - target);
}
