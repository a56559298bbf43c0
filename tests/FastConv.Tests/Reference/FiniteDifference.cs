namespace FastConv.Tests.Reference;

/// <summary>
/// Derivatives from values alone, by central differences in double precision: (f(x + h) - f(x - h)) / 2h. What the references' own
/// backward passes are held to.
/// </summary>
internal static class FiniteDifference
{
    /// <summary>The gradient of a number with respect to every element of x. x is changed while this runs, and restored.</summary>
    public static double[] Gradient(Func<double[], double> function, double[] x, double step = 1e-5)
    {
        var gradient = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double value = x[i];
            x[i] = value + step;
            double above = function(x);
            x[i] = value - step;
            double below = function(x);
            x[i] = value;
            gradient[i] = (above - below) / (2 * step);
        }

        return gradient;
    }

    /// <summary>
    /// A backward pass is right when gradInput is the gradient of sum(gradOutput * forward(x)). Points where forward has a kink (ties
    /// under a maximum, 0 under a ReLU) must not lie within a step.
    /// </summary>
    public static void AssertMatches(
        Func<double[], double[]> forward, double[] x, double[] gradOutput, double[] gradInput, double tolerance = 1e-6, double step = 1e-5)
    {
        double[] expected = Gradient(values => Dot(forward(values), gradOutput), x, step);
        Assert.Equal(expected.Length, gradInput.Length);
        double scale = expected.Length == 0 ? 0 : expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - gradInput[i]) <= tolerance * (1 + scale),
                $"gradient [{i}] of {expected.Length}: finite difference {expected[i]:G9}, backward {gradInput[i]:G9}.");
        }
    }

    private static double Dot(double[] x, double[] y)
    {
        Assert.Equal(x.Length, y.Length);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
