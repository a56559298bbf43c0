namespace FastConv.Simd;

/// <summary>A kernel call with its arguments, waiting for the vector width that <see cref="SimdDispatch"/> chooses.</summary>
internal interface ISimdOperation
{
    void Invoke<V>()
        where V : struct, IVector<V>;
}
