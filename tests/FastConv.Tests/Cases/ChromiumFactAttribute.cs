namespace FastConv.Tests.Cases;

/// <summary>A test that opens pages in a browser: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Browser = "/usr/bin/chromium";

    public ChromiumFactAttribute()
    {
        if (!File.Exists(Browser))
        {
            Skip = $"There is no browser at {Browser} (Debian's package chromium).";
        }
    }
}
