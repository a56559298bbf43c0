using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FastConv.Tests;

/// <summary>Runs test classes without a test host, up to the first failure: for the mutation check, which starts hundreds of runs.</summary>
internal static class TestRun
{
    public const string Verb = "run-tests";

    /// <summary>Ends with a line that says how many passed, or names the test that failed.</summary>
    /// <param name="pattern">Over full names of classes.</param>
    /// <returns>0 where all pass, 1 where one fails, 2 where there is none.</returns>
    public static int Run(string pattern)
    {
        Assembly assembly = typeof(TestRun).Assembly;
        using var framework = new XunitTestFramework(new Listener());
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        var found = new Listener();
        Type[] classes = [.. assembly.GetExportedTypes().Where(type => Regex.IsMatch(type.FullName!, pattern))];
        foreach (Type type in classes)
        {
            discoverer.Find(type.FullName!, includeSourceInformation: false, found, new RunOptions());
            found.Finished.WaitOne();
        }

        using ITestFrameworkExecutor executor = framework.GetExecutor(assembly.GetName());
        var ran = new Listener();
        executor.RunTests(found.Cases, ran, new RunOptions());
        ran.Finished.WaitOne();
        Console.WriteLine(ran.Failure ?? $"passed {ran.Passed} tests of {classes.Length} classes");
        return ran.Failure is not null ? 1 : ran.Passed > 0 ? 0 : 2;
    }

    /// <summary>xunit's defaults for everything.</summary>
    private sealed class RunOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }

    private sealed class Listener : LongLivedMarshalByRefObject, IMessageSink
    {
        private int _passed;

        public AutoResetEvent Finished { get; } = new(false);

        public List<ITestCase> Cases { get; } = [];

        public int Passed => _passed;

        public string? Failure { get; private set; }

        /// <returns>Whether to go on.</returns>
        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestCaseDiscoveryMessage discovered:
                    lock (Cases)
                    {
                        Cases.Add(discovered.TestCase);
                    }

                    break;
                case ITestPassed:
                    Interlocked.Increment(ref _passed);
                    break;
                case ITestFailed failed:
                    Failure ??= $"{failed.Test.DisplayName}: {failed.Messages.FirstOrDefault()?.Split('\n')[0]}";
                    break;
                case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                    Finished.Set();
                    break;
            }

            return Failure is null;
        }
    }
}
