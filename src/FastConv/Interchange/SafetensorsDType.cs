namespace FastConv.Interchange;

/// <summary>
/// The kinds of elements that a safetensors file has, those of whole bytes.
/// Source: https://huggingface.co/docs/safetensors
/// </summary>
public enum SafetensorsDType
{
    /// <summary><c>F32</c>: IEEE single precision.</summary>
    F32,

    /// <summary><c>F64</c>: IEEE double precision.</summary>
    F64,

    /// <summary><c>F16</c>: IEEE half precision.</summary>
    F16,

    /// <summary><c>BF16</c>: the upper half of a single.</summary>
    BF16,

    /// <summary><c>I64</c></summary>
    I64,

    /// <summary><c>I32</c></summary>
    I32,

    /// <summary><c>I16</c></summary>
    I16,

    /// <summary><c>I8</c></summary>
    I8,

    /// <summary><c>U64</c></summary>
    U64,

    /// <summary><c>U32</c></summary>
    U32,

    /// <summary><c>U16</c></summary>
    U16,

    /// <summary><c>U8</c></summary>
    U8,

    /// <summary><c>BOOL</c>: a byte that is 0 or 1.</summary>
    Bool,

    /// <summary><c>F8_E4M3</c>: listed, not converted.</summary>
    F8E4M3,

    /// <summary><c>F8_E5M2</c>: listed, not converted.</summary>
    F8E5M2,

    /// <summary><c>F8_E8M0</c>: listed, not converted.</summary>
    F8E8M0,

    /// <summary><c>C64</c>: two singles, a complex number; listed, not converted.</summary>
    C64,
}
