using System.Globalization;
using FastConv.Tests.Cases;

namespace FastConv.Tests;

/// <summary>What this assembly does as a program of its own: it trains for a test that kills it.</summary>
internal static class Program
{
    public const string Train = "train-until-killed";

    private static int Main(string[] arguments)
    {
        if (arguments is not [Train, { } path, { } everySteps])
        {
            Console.Error.WriteLine($"usage: {Train} CHECKPOINT EVERY_STEPS; the tests are run by 'dotnet test'.");
            return 2;
        }

        EndlessTraining.Fit(path, int.Parse(everySteps, CultureInfo.InvariantCulture), maxSteps: null, onSaved: step => Console.WriteLine(step));
        return 0;
    }
}
