namespace FastConv.Primitives;

/// <summary>Something that can be packed, waiting for the memory to pack it into.</summary>
internal interface IPacking
{
    unsafe void PackInto(float* packed);
}
