using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastConv.Cli.Models;

/// <summary>A recipe in JSON is its name.</summary>
internal sealed class ModelNameConverter : JsonConverter<ModelRecipe>
{
    public override ModelRecipe Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string name = reader.GetString() ?? "";
        return ModelRegistry.Find(name) ?? throw new JsonException($"there is no model '{name}'; known are {ModelRegistry.Names}");
    }

    public override void Write(Utf8JsonWriter writer, ModelRecipe value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
