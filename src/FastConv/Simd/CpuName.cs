using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace FastConv.Simd;

/// <summary>
/// Which kind of processor this is: maker, family and model, as <c>GenuineIntel-6-207</c>. Two kinds with one instruction set may do it at speeds that
/// differ by a factor of two. Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2A, CPUID.
/// </summary>
internal static class CpuName
{
    private const int ExtendedFamily = 15;

    public static string Text { get; } = SimdDispatch.HasCpuId ? FromCpuId() : RuntimeInformation.ProcessArchitecture.ToString();

    // Family and model in the first register of leaf 1: the extended ones count where the short ones are used up.
    private static (int Family, int Model) Signature(int register)
    {
        int family = (register >> 8) & 0xF;
        int model = (register >> 4) & 0xF;
        int extendedModel = family is 6 or ExtendedFamily ? (register >> 16) & 0xF : 0;
        return (family == ExtendedFamily ? family + ((register >> 20) & 0xFF) : family, (extendedModel << 4) + model);
    }

    private static string FromCpuId()
    {
        (_, int first, int third, int second) = X86Base.CpuId(0, 0);
        ReadOnlySpan<int> maker = [first, second, third];
        (int family, int model) = Signature(X86Base.CpuId(1, 0).Eax);
        string name = Encoding.ASCII.GetString(MemoryMarshal.AsBytes(maker));
        return string.Create(CultureInfo.InvariantCulture, $"{name}-{family}-{model}");
    }
}
