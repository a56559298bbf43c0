using System.Runtime.Intrinsics;
using FastConv.Simd;

namespace FastConv.Tests.Simd;

/// <summary>Every width that this machine has, each by the same checks.</summary>
public sealed class VectorTests
{
    private static readonly Dictionary<string, Checks> ByName = CreateChecks();

    private delegate float[] Sums(float[] x, float[] y);

    public static TheoryData<string> Names => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void LoadStoreBroadcast_TouchExactlyTheirLanes(string vector) => ByName[vector].LoadStoreBroadcast();

    [Theory]
    [MemberData(nameof(Names))]
    public void Arithmetic_IsThatOfFloats(string vector) => ByName[vector].Arithmetic();

    [Theory]
    [MemberData(nameof(Names))]
    public void MaxAndMin_PassNaNOnAndOrderZeros(string vector) => ByName[vector].MaxMin();

    [Theory]
    [MemberData(nameof(Names))]
    public void Comparisons_AreFalseForNaN(string vector) => ByName[vector].Comparisons();

    [Theory]
    [MemberData(nameof(Names))]
    public void FusedMultiplyAdd_IsRoundedOnceWhereTheHardwareDoes(string vector) => ByName[vector].FusedMultiplyAdd();

    [Theory]
    [MemberData(nameof(Names))]
    public void FirstLanes_AreAMask(string vector) => ByName[vector].MaskFirst();

    [Theory]
    [MemberData(nameof(Names))]
    public void EvensAndOdds_AreUndoneByInterleaving(string vector) => ByName[vector].Shuffles();

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryThird_IsOfAllThreeVectors(string vector) => ByName[vector].EveryThird();

    [Theory]
    [MemberData(nameof(Names))]
    public void OneBack_TakesTheLastLaneOfThePrevious(string vector) => ByName[vector].OneBack();

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_AreNumbersFrom0To255(string vector) => ByName[vector].Bytes();

    [Theory]
    [MemberData(nameof(Names))]
    public void HasNaN_SeesEveryLane(string vector) => ByName[vector].HasNaN();

    [Theory]
    [MemberData(nameof(Names))]
    public void MaxAndMinInOneInstruction_PassTheSecondNaNOn(string vector) => ByName[vector].MaxMinOrSecond();

    [Theory]
    [MemberData(nameof(Names))]
    public void SignsAreTakenAndGiven(string vector) => ByName[vector].Signs();

    [Theory]
    [MemberData(nameof(Names))]
    public void PowersOfTwo_AreMultipliedWithOneRounding(string vector) => ByName[vector].PowersOfTwo();

    [Theory]
    [MemberData(nameof(Names))]
    public void MantissasAndExponents_AreTakenApart(string vector) => ByName[vector].Mantissas();

    [Fact]
    public void SixteenLanes_MadeOfAnyVectors_HaveTheSameBits()
    {
        float[] x = [.. Enumerable.Range(0, 16 * 50).Select(i => MathF.Sin(i) * 100)];
        float[] y = [.. Enumerable.Range(0, 16 * 50).Select(i => MathF.Cos(3 * i))];
        float[] expected = VectorChecks<Wide<Wide<Wide<Wide<V1>>>>>.SixteenLaneSums(x, y);
        foreach (Checks checks in ByName.Values)
        {
            if (checks.SixteenLaneSums is { } sums)
            {
                Assert.Equal(expected, sums(x, y));
            }
        }
    }

    private static Dictionary<string, Checks> CreateChecks()
    {
        var checks = new Dictionary<string, Checks>();
        Add<V1>(checks);
        Add<VPortable>(checks);
        Add<Wide<V1>>(checks);
        Add<Wide<Wide<Wide<Wide<V1>>>>>(checks);
        Add<Wide<VPortable>>(checks);
        Add<Wide<Wide<VPortable>>>(checks);

        // The fixed widths promise one rounding, and are only chosen where the hardware keeps that promise.
        if (SimdDispatch.HasFusedMultiplyAdd && Vector128.IsHardwareAccelerated)
        {
            Add<V128>(checks);
            Add<Wide<V128>>(checks);
            Add<Wide<Wide<V128>>>(checks);
        }

        if (SimdDispatch.HasFusedMultiplyAdd && Vector256.IsHardwareAccelerated)
        {
            Add<V256>(checks);
            Add<Wide<V256>>(checks);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            Add<V512>(checks);
            Add<Wide<V512>>(checks);
        }

        return checks;
    }

    private static void Add<V>(Dictionary<string, Checks> checks)
        where V : struct, IVector<V> => checks.Add(
            NameOf(typeof(V)),
            new Checks(
                VectorChecks<V>.LoadStoreBroadcast,
                VectorChecks<V>.Arithmetic,
                VectorChecks<V>.MaxMin,
                VectorChecks<V>.MaxMinOrSecond,
                VectorChecks<V>.Signs,
                VectorChecks<V>.PowersOfTwo,
                VectorChecks<V>.Mantissas,
                VectorChecks<V>.Comparisons,
                VectorChecks<V>.FusedMultiplyAdd,
                VectorChecks<V>.MaskFirst,
                VectorChecks<V>.DeinterleavedVectors_InterleaveToThemselves,
                VectorChecks<V>.EveryThird,
                VectorChecks<V>.OneBack,
                VectorChecks<V>.Bytes,
                VectorChecks<V>.HasNaN,
                V.Count == SimdDispatch.ReductionLanes ? VectorChecks<V>.SixteenLaneSums : null));

    private static string NameOf(Type vector) =>
        vector.IsGenericType ? $"Wide<{NameOf(vector.GetGenericArguments()[0])}>" : vector.Name;

    private sealed record Checks(
        Action LoadStoreBroadcast,
        Action Arithmetic,
        Action MaxMin,
        Action MaxMinOrSecond,
        Action Signs,
        Action PowersOfTwo,
        Action Mantissas,
        Action Comparisons,
        Action FusedMultiplyAdd,
        Action MaskFirst,
        Action Shuffles,
        Action EveryThird,
        Action OneBack,
        Action Bytes,
        Action HasNaN,
        Sums? SixteenLaneSums);
}
