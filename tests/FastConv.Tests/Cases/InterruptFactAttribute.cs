using System.Globalization;

namespace FastConv.Tests.Cases;

/// <summary>A test that interrupts a process of its own, and says why where it cannot.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InterruptFactAttribute : FactAttribute
{
    private const string IgnoredSignals = "SigIgn:";
    private const int InterruptBit = 1 << 1;

    public InterruptFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Ctrl-C goes to all processes of a console on Windows";
        }
        else if (OperatingSystem.IsLinux() && IsIgnored())
        {
            Skip = "this process was started with Ctrl-C ignored, as shells start what runs in the background, and its children inherit that";
        }
    }

    private static bool IsIgnored()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(IgnoredSignals, StringComparison.Ordinal));
        return (long.Parse(line[IgnoredSignals.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & InterruptBit) != 0;
    }
}
