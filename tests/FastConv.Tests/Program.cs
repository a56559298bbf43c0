using System.Globalization;
using FastConv.Tests.Cases;
using FastConv.Tests.Guarded;
using FastConv.Tests.Load;

namespace FastConv.Tests;

/// <summary>What this assembly does as a program of its own: it trains for a test that kills it, runs primitives where a fault would kill it,
/// and runs tests for the mutation check.</summary>
internal static class Program
{
    public const string Train = "train-until-killed";

    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [Train, { } path, { } everySteps]:
                EndlessTraining.Fit(path, int.Parse(everySteps, CultureInfo.InvariantCulture), maxSteps: null, onSaved: step => Console.WriteLine(step));
                return 0;
            case [GuardedRun.Verb, { } edge, { } seed, { } rounds]:
                return GuardedRun.Run(edge, seed, rounds);
            case [ScarceMemory.Verb]:
                return ScarceMemory.Run();
            case [TestRun.Verb, { } pattern]:
                return TestRun.Run(pattern);
            default:
                Console.Error.WriteLine($"usage: {Train} CHECKPOINT EVERY_STEPS, {GuardedRun.Verb} EDGE SEED ROUNDS, {ScarceMemory.Verb}, or {TestRun.Verb} CLASSES; the tests are run by 'dotnet test'.");
                return 2;
        }
    }
}
