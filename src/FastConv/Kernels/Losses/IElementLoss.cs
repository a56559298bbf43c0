namespace FastConv.Kernels.Losses;

/// <summary>A loss of one prediction and one target. Its sum runs in double precision; a struct that holds the loss's constants.</summary>
internal interface IElementLoss
{
    double Value(double prediction, double target);
}
