using System.Text.Json;

namespace FastConv.Tests.Golden;

/// <summary>What a script was told of a case; what it left out has the default.</summary>
internal sealed class GoldenArguments(JsonElement arguments)
{
    public bool Has(string name) => arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public bool IsNull(string name) => arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Null;

    public string Text(string name) => arguments.GetProperty(name).GetString()!;

    public bool Flag(string name, bool otherwise = false) => Has(name) ? arguments.GetProperty(name).GetBoolean() : otherwise;

    public int Int(string name, int otherwise = 0) => Has(name) ? arguments.GetProperty(name).GetInt32() : otherwise;

    public double Number(string name, double otherwise = 0) => Has(name) ? arguments.GetProperty(name).GetDouble() : otherwise;

    public int[] Ints(string name) => [.. Items(name).Select(item => item.GetInt32())];

    public float[] Floats(string name) => [.. Items(name).Select(item => (float)item.GetDouble())];

    public float[][] Rows(string name) => [.. Items(name).Select(row => row.EnumerateArray().Select(item => (float)item.GetDouble()).ToArray())];

    public (int Height, int Width) Pair(string name, int otherwise = 0) => Has(name) ? (Ints(name)[0], Ints(name)[1]) : (otherwise, otherwise);

    /// <summary>Objects in a list.</summary>
    public GoldenArguments[] Parts(string name) => [.. Items(name).Select(item => new GoldenArguments(item))];

    /// <summary>A list of [offset, number] pairs, where the numbers are words: nan, inf, -inf.</summary>
    public (int Offset, float Number)[] Places(string name) => [.. Items(name).Select(item => (item[0].GetInt32(), Special(item[1].GetString()!)))];

    public bool IsText(string name) => Has(name) && arguments.GetProperty(name).ValueKind == JsonValueKind.String;

    private JsonElement[] Items(string name) => Has(name) ? [.. arguments.GetProperty(name).EnumerateArray()] : [];

    private static float Special(string word) => word switch
    {
        "nan" => float.NaN,
        "inf" => float.PositiveInfinity,
        "-inf" => float.NegativeInfinity,
        _ => throw new InvalidDataException($"expected nan, inf or -inf, received '{word}'."),
    };
}
