namespace FastConv.Cli.Curves;

/// <summary>The outermost element of a figure, with the classes of its texts and lines. Their grey is readable on white and on black.</summary>
internal static class FigureFrame
{
    public static void Open(SvgText svg, double width, double height)
    {
        svg.Open("svg", $"""xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" """);
        svg.Raw("""
            <style>
              text { font: 13px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #7b848f; }
              .title { font-size: 17px; font-weight: 600; }
              .panel { font-size: 14px; font-weight: 600; }
              .grid { stroke: #7b848f; stroke-opacity: .28; }
              .curve { fill: none; stroke-linejoin: round; stroke-linecap: round; }
            </style>
            """);
    }
}
