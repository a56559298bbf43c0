using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace FastConv.Tests.Properties;

/// <summary>
/// How properties are run: so many cases from a fixed seed, so that a run in CI is any other run. <c>FASTCONV_PROPERTY_CASES</c> asks for more,
/// <c>FASTCONV_PROPERTY_SEED</c> for others. What fails is made as small as it can be, and the message has the seed to begin from.
/// </summary>
internal static class PropertyRun
{
    private const int Cases = 100;
    private const ulong Seed = 2017;

    // FsCheck's generator takes odd second halves.
    private const ulong Gamma = 3;

    private static readonly Config Config = Config.QuickThrowOnFailure
        .WithMaxTest((int)Number("FASTCONV_PROPERTY_CASES", Cases))
        .WithReplay(Number("FASTCONV_PROPERTY_SEED", Seed), Gamma);

    public static void ForAll<T>(Arbitrary<T> cases, Action<T> holds) => Prop.ForAll(cases, holds).Check(Config);

    private static ulong Number(string variable, ulong otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
