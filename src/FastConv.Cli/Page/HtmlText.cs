using System.Globalization;
using System.Net;
using System.Text;

namespace FastConv.Cli.Page;

/// <summary>Writes HTML. What is put into a template is encoded, unless it is HTML already; numbers have a point in every culture.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    public HtmlText Add(FormattableString template)
    {
        object?[] arguments = Array.ConvertAll(template.GetArguments(), argument => argument switch
        {
            HtmlText html => html,
            string text => WebUtility.HtmlEncode(text),
            _ => argument,
        });
        _text.Append(CultureInfo.InvariantCulture, $"{string.Format(CultureInfo.InvariantCulture, template.Format, arguments)}\n");
        return this;
    }

    /// <summary>Adds text that is HTML already.</summary>
    public HtmlText AddHtml(string html)
    {
        _text.Append(html);
        return this;
    }

    public override string ToString() => _text.ToString();
}
