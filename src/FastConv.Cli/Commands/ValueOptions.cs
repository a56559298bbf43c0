using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace FastConv.Cli.Commands;

/// <summary>Options whose values are checked while the command line is read, so that nothing runs on half of it.</summary>
internal static class ValueOptions
{
    /// <summary>A whole number in a range; null where it is not given.</summary>
    public static Option<T?> Whole<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Number<T>(
            name,
            description,
            text => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most ? value : null,
            (least == T.MinValue, most == T.MaxValue) switch
            {
                (true, true) => "a whole number",
                (false, true) => $"a whole number of at least {least}",
                _ => $"a whole number from {least} to {most}",
            });

    /// <summary>A finite number above zero; null where it is not given.</summary>
    public static Option<double?> Positive(string name, string description) => Number<double>(
        name,
        description,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value > 0 ? value : null,
        "a finite number above 0");

    /// <summary>One of several names; null where it is not given. Offers them for completion, and says which is near where there is no such.</summary>
    /// <param name="name">Of the option.</param>
    /// <param name="noun">What has the names.</param>
    /// <param name="description">For the help.</param>
    /// <param name="known">The names.</param>
    /// <param name="find">What a name stands for, or null.</param>
    public static Option<T?> Named<T>(string name, string noun, string description, IReadOnlyList<string> known, Func<string, T?> find)
        where T : class
    {
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = "NAME",
            CustomParser = result =>
            {
                string asked = result.Tokens[0].Value;
                T? found = find(asked);
                if (found is null)
                {
                    result.AddError($"there is no {noun} '{asked}'{NearestName.Suggest(asked, known)}; known are {string.Join(", ", known)}");
                }

                return found;
            },
        };
        option.CompletionSources.Add([.. known]);
        return option;
    }

    /// <summary>A path to a file or a folder that need not exist yet; null where it is not given.</summary>
    public static Option<string?> Path(string name, string helpName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text))
            {
                result.AddError($"{name} expects a path, received nothing");
            }
        });
        return option;
    }

    /// <summary>Whether the result is one line of JSON.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "End with one line of JSON on standard output; everything else goes to standard error",
    };

    private static Option<T?> Number<T>(string name, string description, Func<string, T?> parse, string expected)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = (ArgumentResult result) =>
            {
                string text = result.Tokens[0].Value;
                T? value = parse(text);
                if (value is null)
                {
                    result.AddError($"{name} expects {expected}, received '{text}'");
                }

                return value;
            },
        };
}
