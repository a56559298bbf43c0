using System.Runtime.CompilerServices;

namespace FastConv.Primitives;

/// <summary>The checks on the numbers that a user gives a loss or an optimiser. NaN passes none of them.</summary>
internal static class Hyperparameter
{
    /// <summary>A number of at least 0 that float32 can hold.</summary>
    public static double NonNegative(string op, double received, [CallerMemberName] string name = "")
    {
        if (!(received >= 0 && float.IsFinite((float)received)))
        {
            throw new ArgumentOutOfRangeException(name, $"{op}: {name} expects a finite number of at least 0, received {received}.");
        }

        return received;
    }

    /// <summary>A number above 0 that float32 can hold, and does not round to 0.</summary>
    public static double Positive(string op, double received, [CallerMemberName] string name = "")
    {
        if (!((float)received > 0 && float.IsFinite((float)received)))
        {
            throw new ArgumentOutOfRangeException(name, $"{op}: {name} expects a finite number above 0, received {received}.");
        }

        return received;
    }

    /// <summary>A share: a number in [0, 1].</summary>
    public static double Share(string op, double received, [CallerMemberName] string name = "")
    {
        if (!(received >= 0 && received <= 1))
        {
            throw new ArgumentOutOfRangeException(name, $"{op}: {name} expects a number from 0 to 1, received {received}.");
        }

        return received;
    }

    /// <summary>What a running average keeps of itself: a number in [0, 1).</summary>
    public static double Decay(string op, double received, [CallerMemberName] string name = "")
    {
        if (!(received >= 0 && received < 1))
        {
            throw new ArgumentOutOfRangeException(name, $"{op}: {name} expects a number of at least 0 and below 1, received {received}.");
        }

        return received;
    }

    /// <summary>The number of a step: 1 is the first.</summary>
    public static void StepNumber(string op, long step)
    {
        if (step < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(step), $"{op}: step expects 1 for the first step, received {step}.");
        }
    }
}
