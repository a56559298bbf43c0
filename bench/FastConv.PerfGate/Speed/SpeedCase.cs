namespace FastConv.PerfGate.Speed;

/// <summary>A call whose speed is gated.</summary>
/// <param name="Name">Of the row, and of the floor.</param>
/// <param name="Work">Of a call: floating-point operations, or bytes where memory is the limit.</param>
/// <param name="IsMemory">Whether the limit is a copy, not the multiply-add loop.</param>
/// <param name="Prepare">Makes operands and results, and returns the call.</param>
/// <param name="LeastDeviation">What its share differs by from day to day, as a share of it.</param>
internal sealed record SpeedCase(string Name, double Work, bool IsMemory, Func<Action> Prepare, double LeastDeviation);
