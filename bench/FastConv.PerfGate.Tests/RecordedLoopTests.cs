using FastConv.PerfGate.Code;

namespace FastConv.PerfGate.Tests;

public sealed class RecordedLoopTests
{
    private static readonly VectorMoves Moves = new(1, 2, 3);

    [Fact]
    public void First_record_admits_no_stack_operand_and_no_call() =>
        Assert.Equal(new RecordedLoop(Moves), RecordedLoop.After(before: null, new LoopCounts(24, 512, StackOperands: 4, Calls: 1, Moves)));

    [Theory]
    [InlineData(9, 4, 4)]
    [InlineData(4, 9, 4)]
    public void Known_stack_operands_only_become_fewer(int before, int now, int recorded) => Assert.Equal(
        recorded, RecordedLoop.After(new RecordedLoop(Moves, before), new LoopCounts(24, 512, now, Calls: 0, Moves)).StackOperands);

    [Theory]
    [InlineData(1, 2, 3, false)]
    [InlineData(0, 2, 3, false)]
    [InlineData(2, 0, 0, true)]
    [InlineData(0, 3, 0, true)]
    [InlineData(0, 0, 4, true)]
    public void Moves_exceed_if_there_are_more_of_any_kind(int copies, int loads, int stores, bool expected) =>
        Assert.Equal(expected, new VectorMoves(copies, loads, stores).Exceed(Moves));
}
