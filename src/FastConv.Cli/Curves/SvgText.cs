using System.Globalization;
using System.Net;
using System.Text;

namespace FastConv.Cli.Curves;

/// <summary>Writes SVG elements. Numbers have two decimals at most and a point in every culture.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    public void Open(string tag, FormattableString attributes) => _text.Append($"<{tag} {Format(attributes)}>\n");

    public void Close(string tag) => _text.Append($"</{tag}>\n");

    public void Element(string tag, FormattableString attributes) => _text.Append($"<{tag} {Format(attributes)}/>\n");

    public void Text(string content, FormattableString attributes) =>
        _text.Append($"<text {Format(attributes)}>{WebUtility.HtmlEncode(content)}</text>\n");

    /// <summary>What a browser shows, and reads out, for the element that is open.</summary>
    public void Tooltip(string content) => _text.Append($"<title>{WebUtility.HtmlEncode(content)}</title>\n");

    public void Raw(string text) => _text.Append(text).Append('\n');

    public override string ToString() => _text.ToString();

    private static string Format(FormattableString attributes)
    {
        object?[] arguments = attributes.GetArguments();
        for (int index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] is double number)
            {
                arguments[index] = Number(number);
            }
        }

        return string.Format(CultureInfo.InvariantCulture, attributes.Format, arguments);
    }

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
