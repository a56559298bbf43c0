namespace FastConv.Tests.Reference;

/// <summary>
/// The error function in double precision: its series (Abramowitz, Stegun 7.1.6, all terms of one sign) up to 2.5, the continued fraction
/// of its complement (7.1.14) above.
/// </summary>
internal static class ErfReference
{
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        return double.IsNaN(x) ? x : Math.CopySign(a < 2.5 ? Series(a) : a < 6 ? 1 - Complement(a) : 1, x);
    }

    private static double Series(double a)
    {
        double term = a;
        double sum = a;
        for (int k = 1; term > sum * 1e-18; k++)
        {
            term *= 2 * a * a / (2 * k + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-a * a) * sum;
    }

    private static double Complement(double a)
    {
        double fraction = 0;
        for (int k = 60; k >= 1; k--)
        {
            fraction = k / 2.0 / (a + fraction);
        }

        return Math.Exp(-a * a) / Math.Sqrt(Math.PI) / (a + fraction);
    }
}
