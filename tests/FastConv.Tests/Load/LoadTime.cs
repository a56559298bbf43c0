using System.Globalization;

namespace FastConv.Tests.Load;

/// <summary>How long tests under load go on: two seconds, or what FASTCONV_LOAD_SECONDS says.</summary>
internal static class LoadTime
{
    public static TimeSpan Length { get; } = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("FASTCONV_LOAD_SECONDS") ?? "2", CultureInfo.InvariantCulture));
}
