namespace FastConv.Cli.Models;

/// <summary>How the learning rate goes on from where it begins; the words of <c>--schedule</c>.</summary>
internal enum ScheduleName
{
    /// <summary>As it is.</summary>
    Constant,

    /// <summary>Down to nothing along a line.</summary>
    Linear,

    /// <summary>Down to nothing along half a cosine.</summary>
    Cosine,

    /// <summary>Up from a twenty-fifth in the first three tenths, then down to almost nothing.</summary>
    OneCycle,
}
