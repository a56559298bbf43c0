using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace FastConv.Mutants;

/// <summary>
/// Calls of operators of vectors, which become calls of another one of the same signature on the same type, where the assembly has a reference to it.
/// </summary>
internal sealed class VectorCallChanges
{
    private static readonly Dictionary<string, string> Others = new()
    {
        ["op_Addition"] = "op_Subtraction",
        ["op_Subtraction"] = "op_Addition",
        ["op_Multiply"] = "op_Addition",
        ["op_Division"] = "op_Multiply",
        ["Max"] = "Min",
        ["Min"] = "Max",
        ["MaxOrSecond"] = "Max",
        ["MinOrSecond"] = "Min",
        ["GreaterThan"] = "GreaterThanOrEqual",
        ["GreaterThanOrEqual"] = "GreaterThan",
        ["Evens"] = "Odds",
        ["Odds"] = "Evens",
        ["InterleaveLow"] = "InterleaveHigh",
        ["InterleaveHigh"] = "InterleaveLow",
    };

    private readonly MetadataReader _metadata;
    private readonly Dictionary<(EntityHandle Parent, BlobHandle Signature, string Name), int> _tokens = [];

    public VectorCallChanges(MetadataReader metadata)
    {
        _metadata = metadata;
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            _tokens.TryAdd((member.Parent, member.Signature, metadata.GetString(member.Name)), MetadataTokens.GetToken(handle));
        }
    }

    /// <summary>The changed token, or null where the call is of another kind or there is nothing to change it to.</summary>
    public (string Change, int At, byte[] Bytes)? Of(Instruction instruction, ReadOnlySpan<byte> body)
    {
        if (instruction.Code != OpCodes.Call || Called(instruction, body) is not { } member)
        {
            return null;
        }

        string name = _metadata.GetString(member.Name);
        return Others.TryGetValue(name, out string? other) && _tokens.TryGetValue((member.Parent, member.Signature, other), out int token)
            ? ($"{name} -> {other}", instruction.Operand, BitConverter.GetBytes(token))
            : null;
    }

    /// <summary>Whether the instruction makes the text of an interpolated string, whose constants are lengths that nobody tests.</summary>
    public bool IsText(Instruction instruction, ReadOnlySpan<byte> body) =>
        (instruction.Code == OpCodes.Call || instruction.Code == OpCodes.Newobj)
        && Called(instruction, body) is { Parent: { Kind: HandleKind.TypeReference } parent }
        && _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)parent).Name) == "DefaultInterpolatedStringHandler";

    private MemberReference? Called(Instruction instruction, ReadOnlySpan<byte> body)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(BinaryPrimitives.ReadInt32LittleEndian(body[instruction.Operand..]));
        return handle.Kind == HandleKind.MemberReference ? _metadata.GetMemberReference((MemberReferenceHandle)handle) : null;
    }
}
