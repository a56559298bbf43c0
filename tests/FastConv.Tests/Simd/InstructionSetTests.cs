using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using FastConv.Simd;

namespace FastConv.Tests.Simd;

/// <summary>
/// The suite is run again with instruction sets switched off; these tests prove that a switch was heard, and that without one the
/// widest set of the machine is in force.
/// </summary>
public sealed class InstructionSetTests
{
    private static readonly bool Everything = IsOn("EnableHWIntrinsic");
    private static readonly bool Avx2Allowed = Everything && IsOn("EnableAVX") && IsOn("EnableAVX2");
    private static readonly bool Avx512Allowed = Avx2Allowed && IsOn("EnableAVX512");

    [Fact]
    public void SwitchedOffSets_AreNotUsed()
    {
        if (!Avx512Allowed)
        {
            Assert.False(Avx512F.IsSupported);
            Assert.NotEqual("AVX-512", SimdDispatch.InstructionSet);
            Assert.True(SimdDispatch.Lanes <= 8);
        }

        if (!Avx2Allowed)
        {
            Assert.False(Avx2.IsSupported);
            Assert.NotEqual("AVX2", SimdDispatch.InstructionSet);
            Assert.True(SimdDispatch.Lanes <= 4);
        }

        if (!Everything)
        {
            Assert.False(Vector.IsHardwareAccelerated);
            Assert.False(SimdDispatch.HasFusedMultiplyAdd);
            Assert.Equal("scalar", SimdDispatch.InstructionSet);
            Assert.Equal(1, SimdDispatch.Lanes);
        }
    }

    [Fact]
    public void TheWidestSetThatIsAllowed_IsInForce()
    {
        if (!Everything)
        {
            Assert.Equal("scalar", SimdDispatch.InstructionSet);
        }
        else if (RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64)
        {
            Assert.Equal("NEON", SimdDispatch.InstructionSet);
        }
        else if (ProcessorFlags() is { } flags)
        {
            bool hasAvx512 = flags.IsSupersetOf(["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]);
            bool hasAvx2 = flags.IsSupersetOf(["avx2", "fma"]);
            string expected = hasAvx512 && Avx512Allowed ? "AVX-512" : hasAvx2 && Avx2Allowed ? "AVX2" : "Vector128";
            Assert.Equal(expected, SimdDispatch.InstructionSet);
        }
    }

    [Fact]
    public void EveryFigure_BelongsToTheNamedSet()
    {
        (string Name, int Lanes, int Registers, bool HasFusedMultiplyAdd)[] sets =
        [
            ("AVX-512", 16, 32, true),
            ("AVX2", 8, 16, true),
            ("NEON", 4, 32, true),
            ("Vector128", 4, 16, Fma.IsSupported || AdvSimd.IsSupported),
            ("Vector256", 8, 16, Fma.IsSupported || AdvSimd.IsSupported),
            ("scalar", 1, 16, false),
        ];

        Assert.Contains((SimdDispatch.InstructionSet, SimdDispatch.Lanes, SimdDispatch.Registers, SimdDispatch.HasFusedMultiplyAdd), sets);
    }

    // The runtime's own rule: DOTNET_ before COMPlus_, a hexadecimal number, zero is off.
    private static bool IsOn(string name)
    {
        string? value = Environment.GetEnvironmentVariable("DOTNET_" + name) ?? Environment.GetEnvironmentVariable("COMPlus_" + name);
        return value is null || value.Trim().TrimStart('0').Length > 0;
    }

    // What the operating system lets programs use; known on Linux only.
    private static HashSet<string>? ProcessorFlags()
    {
        const string File = "/proc/cpuinfo";
        string? line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))
            : null;
        return line is null ? null : [.. line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
