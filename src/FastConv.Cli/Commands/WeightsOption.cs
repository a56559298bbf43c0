using System.CommandLine;

namespace FastConv.Cli.Commands;

/// <summary><c>--weights</c>, the same for all commands that need them.</summary>
internal static class WeightsOption
{
    private const string ModelFile = "model.safetensors";

    public static Option<string?> Create()
    {
        Option<string?> option = ValueOptions.Path("--weights", "FILE", $"A {ModelFile} that train has left, or the folder of the run");
        option.Required = true;
        return option;
    }

    /// <summary>The file that is meant.</summary>
    /// <exception cref="CommandLineException">There is none.</exception>
    public static string File(string given)
    {
        string path = Directory.Exists(given) ? Path.Combine(given, ModelFile) : given;
        return System.IO.File.Exists(path) ? path : throw new CommandLineException($"--weights: there is no file '{path}'");
    }
}
