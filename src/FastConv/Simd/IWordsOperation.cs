namespace FastConv.Simd;

/// <summary>A kernel call with its arguments, waiting for the width that <see cref="SimdDispatch.RunWords"/> chooses.</summary>
internal interface IWordsOperation
{
    void Invoke<W>()
        where W : struct, IWords<W>;
}
