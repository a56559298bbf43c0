using FastConv.Cli.Models;

namespace FastConv.Cli.Commands;

/// <summary>A schedule in words, behind the learning rate that it begins with.</summary>
internal static class ScheduleText
{
    public static string Suffix(ScheduleName schedule) => schedule switch
    {
        ScheduleName.Linear => " falling to 0",
        ScheduleName.Cosine => " falling to 0 along a cosine",
        ScheduleName.OneCycle => " at the top of one cycle",
        _ => "",
    };
}
