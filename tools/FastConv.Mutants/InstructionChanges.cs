using System.Buffers.Binary;
using System.Globalization;
using System.Reflection.Emit;

namespace FastConv.Mutants;

/// <summary>Operators and constants, and what becomes of them. The replacement takes as many bytes and leaves the stack as it was.</summary>
internal static class InstructionChanges
{
    private static readonly Dictionary<OpCode, OpCode> Operators = new()
    {
        [OpCodes.Add] = OpCodes.Sub,
        [OpCodes.Sub] = OpCodes.Add,
        [OpCodes.Mul] = OpCodes.Add,
        [OpCodes.Div] = OpCodes.Mul,
        [OpCodes.Rem] = OpCodes.Div,
        [OpCodes.Shl] = OpCodes.Shr,
        [OpCodes.Shr] = OpCodes.Shl,
        [OpCodes.And] = OpCodes.Or,
        [OpCodes.Or] = OpCodes.And,
        [OpCodes.Xor] = OpCodes.Or,
        [OpCodes.Clt] = OpCodes.Cgt,
        [OpCodes.Cgt] = OpCodes.Clt,
        [OpCodes.Brtrue] = OpCodes.Brfalse,
        [OpCodes.Brfalse] = OpCodes.Brtrue,
        [OpCodes.Brtrue_S] = OpCodes.Brfalse_S,
        [OpCodes.Brfalse_S] = OpCodes.Brtrue_S,
        [OpCodes.Beq] = OpCodes.Bne_Un,
        [OpCodes.Bne_Un] = OpCodes.Beq,
        [OpCodes.Beq_S] = OpCodes.Bne_Un_S,
        [OpCodes.Bne_Un_S] = OpCodes.Beq_S,
        [OpCodes.Blt] = OpCodes.Ble,
        [OpCodes.Ble] = OpCodes.Blt,
        [OpCodes.Bgt] = OpCodes.Bge,
        [OpCodes.Bge] = OpCodes.Bgt,
        [OpCodes.Blt_S] = OpCodes.Ble_S,
        [OpCodes.Ble_S] = OpCodes.Blt_S,
        [OpCodes.Bgt_S] = OpCodes.Bge_S,
        [OpCodes.Bge_S] = OpCodes.Bgt_S,
    };

    private static readonly OpCode[] SmallConstants =
    [
        OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2, OpCodes.Ldc_I4_3, OpCodes.Ldc_I4_4,
        OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6, OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];

    /// <summary>What to write where in the method's body, or null for an instruction that is left alone.</summary>
    public static (string Change, int At, byte[] Bytes)? Of(Instruction instruction, ReadOnlySpan<byte> body)
    {
        OpCode code = instruction.Code;
        ReadOnlySpan<byte> operand = body[instruction.Operand..];
        if (Operators.TryGetValue(code, out OpCode other))
        {
            return ($"{code} -> {other}", instruction.Offset, BytesOf(other));
        }

        int small = Array.IndexOf(SmallConstants, code);
        if (small >= 0)
        {
            int changed = small == SmallConstants.Length - 1 ? small - 1 : small + 1;
            return ($"{small} -> {changed}", instruction.Offset, BytesOf(SmallConstants[changed]));
        }

        if (code == OpCodes.Ldc_I4_M1)
        {
            return ("-1 -> 0", instruction.Offset, BytesOf(OpCodes.Ldc_I4_0));
        }

        if (code == OpCodes.Ldc_I4_S)
        {
            sbyte value = (sbyte)operand[0];
            sbyte changed = (sbyte)(value == sbyte.MaxValue ? value - 1 : value + 1);
            return ($"{value} -> {changed}", instruction.Operand, [(byte)changed]);
        }

        if (code == OpCodes.Ldc_R4)
        {
            float value = BinaryPrimitives.ReadSingleLittleEndian(operand);
            float changed = value == 0 ? 1 : value * 1.5f;
            return (Inexact(value, changed), instruction.Operand, BitConverter.GetBytes(changed));
        }

        if (code == OpCodes.Ldc_R8)
        {
            double value = BinaryPrimitives.ReadDoubleLittleEndian(operand);
            double changed = value == 0 ? 1 : value * 1.5;
            return (Inexact(value, changed), instruction.Operand, BitConverter.GetBytes(changed));
        }

        return null;
    }

    private static string Inexact(double value, double changed) => string.Create(CultureInfo.InvariantCulture, $"{value:g9} -> {changed:g9}");

    private static byte[] BytesOf(OpCode code) => code.Size == 1 ? [(byte)code.Value] : [0xFE, (byte)code.Value];
}
