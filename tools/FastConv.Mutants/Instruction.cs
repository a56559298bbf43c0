using System.Buffers.Binary;
using System.Reflection.Emit;

namespace FastConv.Mutants;

/// <summary>One instruction of a method body: <c>Operand</c> is the offset of what follows the opcode.</summary>
internal readonly record struct Instruction(int Offset, OpCode Code, int Operand)
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IReadOnlyList<Instruction> Decode(ReadOnlySpan<byte> body)
    {
        var all = new List<Instruction>();
        for (int at = 0; at < body.Length;)
        {
            OpCode code = Codes[body[at] == 0xFE ? (short)(0xFE00 | body[at + 1]) : body[at]];
            int operand = at + code.Size;
            all.Add(new Instruction(at, code, operand));
            at = operand + code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(body[operand..]),
                _ => 4,
            };
        }

        return all;
    }
}
