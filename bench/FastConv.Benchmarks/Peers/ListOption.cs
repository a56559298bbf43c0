using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FastConv.Benchmarks.Peers;

/// <summary>Options that take values between commas, and the kinds of values.</summary>
internal static class ListOption
{
    /// <summary>
    /// Values between commas, each checked; no array or an empty one where the option is not given. An option whose help shows one value
    /// takes one.
    /// </summary>
    public static Option<T[]?> Create<T>(string name, string helpName, string description, Func<string, T> parse)
    {
        bool isSingle = !helpName.Contains(',', StringComparison.Ordinal);
        return new Option<T[]?>(name)
        {
            HelpName = helpName,
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = (ArgumentResult result) =>
            {
                try
                {
                    string text = result.Tokens[0].Value;
                    return isSingle ? [parse(text)] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(parse).Distinct()];
                }
                catch (FormatException exception)
                {
                    result.AddError($"{name} expects {exception.Message}, received '{result.Tokens[0].Value}'");
                    return null;
                }
            },
        };
    }

    public static string Name(string text) => text.Length > 0 ? text : throw new FormatException("names");

    public static string OneOf(string text, IReadOnlyList<string> known) =>
        known.Contains(text) ? text : throw new FormatException($"some of {string.Join(", ", known)}");

    public static int Whole(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= most
            ? value
            : throw new FormatException($"whole numbers from 1 to {most}");

    public static double Positive(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value > 0
            ? value
            : throw new FormatException("a finite number above 0");
}
