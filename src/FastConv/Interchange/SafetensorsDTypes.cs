namespace FastConv.Interchange;

/// <summary>How the header writes the kinds of elements, and how many bytes one takes.</summary>
internal static class SafetensorsDTypes
{
    private static readonly (SafetensorsDType DType, string Name, int Size)[] All =
    [
        (SafetensorsDType.F32, "F32", 4),
        (SafetensorsDType.F64, "F64", 8),
        (SafetensorsDType.F16, "F16", 2),
        (SafetensorsDType.BF16, "BF16", 2),
        (SafetensorsDType.I64, "I64", 8),
        (SafetensorsDType.I32, "I32", 4),
        (SafetensorsDType.I16, "I16", 2),
        (SafetensorsDType.I8, "I8", 1),
        (SafetensorsDType.U64, "U64", 8),
        (SafetensorsDType.U32, "U32", 4),
        (SafetensorsDType.U16, "U16", 2),
        (SafetensorsDType.U8, "U8", 1),
        (SafetensorsDType.Bool, "BOOL", 1),
        (SafetensorsDType.F8E4M3, "F8_E4M3", 1),
        (SafetensorsDType.F8E5M2, "F8_E5M2", 1),
        (SafetensorsDType.F8E8M0, "F8_E8M0", 1),
        (SafetensorsDType.C64, "C64", 8),
    ];

    /// <summary>All names, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(entry => entry.Name));

    public static string NameOf(SafetensorsDType dtype) => Find(dtype).Name;

    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(SafetensorsDType dtype) => Find(dtype).Size;

    public static SafetensorsDType? Parse(string name)
    {
        foreach ((SafetensorsDType dtype, string known, _) in All)
        {
            if (known == name)
            {
                return dtype;
            }
        }

        return null;
    }

    private static (SafetensorsDType DType, string Name, int Size) Find(SafetensorsDType dtype) => Array.Find(All, entry => entry.DType == dtype);
}
