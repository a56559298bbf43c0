using System.Globalization;
using System.Text.RegularExpressions;

namespace FastConv.Training;

/// <summary>
/// Something that happened in training, for a log: <c>logger.LogInformation(e.Template, e.Arguments)</c> keeps its structure, <see cref="ToString"/> is a line of text.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Template">A sentence with a name in braces for each argument.</param>
/// <param name="Arguments">In the order of the names.</param>
public sealed partial record TrainingEvent(TrainingEventKind Kind, string Template, params object?[] Arguments)
{
    /// <summary>The sentence with its arguments.</summary>
    public override string ToString()
    {
        int next = 0;
        return Placeholder().Replace(Template, _ => Convert.ToString(Arguments[next++], CultureInfo.InvariantCulture) ?? "");
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
