using FastConv.Imaging;

namespace FastConv.Tests.Cases;

/// <summary>A test that decodes images: skipped, with the packages to install, where a codec is absent; with a data set, where that is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CodecFactAttribute : FactAttribute
{
    public CodecFactAttribute(string? dataset = null)
    {
        string reason = "";
        if (dataset is not null && DataFolder.Find(dataset, out reason) is null)
        {
            Skip = reason;
        }

        Skip ??= CodecTheoryAttribute.Missing;
    }
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CodecTheoryAttribute : TheoryAttribute
{
    public CodecTheoryAttribute() => Skip = Missing;

    public static string? Missing =>
        ImageCodecs.MissingPackages is [_, ..] packages ? $"An image codec is missing: install {string.Join(", ", packages)}." : null;
}
