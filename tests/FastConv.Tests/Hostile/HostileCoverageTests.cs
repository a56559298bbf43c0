using System.Reflection;
using FastConv.Imaging;
using FastConv.Layers;

namespace FastConv.Tests.Hostile;

/// <summary>
/// The table names every entry point: every public constructor, method and settable number of the library that takes something, unless it stands here with a reason.
/// </summary>
public sealed class HostileCoverageTests
{
    private static readonly Dictionary<string, string> NotHostile = new()
    {
        ["new LoadingTime"] = Result,
        ["new NamedTensor"] = Result,
        ["new CurvePoint"] = Result,
        ["CurvePoint.*"] = Result,
        ["new EpochResult"] = Result,
        ["EpochResult.*"] = Result,
        ["new EvaluationReport"] = Result,
        ["EvaluationReport.*"] = Result,
        ["new EvaluationResult"] = Result,
        ["EvaluationResult.*"] = Result,
        ["new TrainingEvent"] = Result,
        ["TrainingProgress.*"] = Result,
        ["new TrainingResult"] = Result,
        ["TrainingResult.*"] = Result,
        ["new StateMismatch"] = Result,
        ["new RgbImage"] = Result,
        ["RgbImage.*"] = Result,
        ["new SkippedImage"] = Result,
        ["IDataset.Read"] = Interface,
        ["ITransform.Apply"] = Interface,
        ["ITransform.OutputShape"] = Interface,
        ["IRandomLayer.*"] = Interface,
        ["Layer.OutputShape"] = Interface,
        ["TrainingCallback.OnStepEnd"] = Interface,
        ["TrainingCallback.OnEpochEnd"] = Interface,
        ["WindowAxis.InputOf"] = "arithmetic on two numbers, no memory behind it",
    };

    private const string Result = "a record of results, which the library makes and nothing reads back";
    private const string Interface = "what a user implements; the rows of the types that implement it here are the tests";

    [Fact]
    public void Every_entry_point_has_a_row()
    {
        HashSet<string> known = [.. HostileTable.Rows.Select(row => row.Entry)];
        string[] missing = [.. EntryPoints().Where(entry => !known.Contains(entry) && Reason(entry) is null).Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"without a row or a reason: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Every_row_is_of_an_entry_point()
    {
        HashSet<string> there = [.. EntryPoints(), .. Properties()];
        string[] unknown = [.. HostileTable.Rows.Select(row => row.Entry).Where(entry => !there.Contains(entry)).Distinct()];
        Assert.True(unknown.Length == 0, $"rows of what is not there: {string.Join(", ", unknown)}");
    }

    [Fact]
    public void Every_reason_is_of_an_entry_point()
    {
        HashSet<string> there = [.. EntryPoints()];
        string[] unknown = [.. NotHostile.Keys.Where(key => !there.Any(entry => Matches(key, entry)))];
        Assert.True(unknown.Length == 0, $"reasons for what is not there: {string.Join(", ", unknown)}");
    }

    [Fact]
    public void Names_are_unique()
    {
        string[] twice = [.. HostileTable.Rows.GroupBy(row => row.Name).Where(group => group.Count() > 1).Select(group => group.Key)];
        Assert.True(twice.Length == 0, $"rows with one name: {string.Join(", ", twice)}");
    }

    private static string? Reason(string entry) => NotHostile.FirstOrDefault(pair => Matches(pair.Key, entry)).Value;

    private static bool Matches(string key, string entry) => key.EndsWith(".*", StringComparison.Ordinal) ? entry.StartsWith(key[..^1], StringComparison.Ordinal) : key == entry;

    private static IEnumerable<Type> Types() =>
        typeof(Layer).Assembly.GetExportedTypes().Concat(typeof(ImageFile).Assembly.GetExportedTypes())
            .Where(type => !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type));

    private static IEnumerable<string> EntryPoints() =>
        from type in Types()
        from entry in Constructors(type).Concat(Methods(type)).Concat(Numbers(type))
        select entry;

    private static IEnumerable<string> Constructors(Type type) =>
        type.GetConstructors().Where(constructor => constructor.GetParameters().Length > 0).Select(_ => $"new {type.Name}").Distinct();

    // What is declared here and not what a base class or an object declares.
    private static IEnumerable<string> Methods(Type type) =>
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName && method.GetBaseDefinition() == method && method.GetParameters().Any(parameter => !parameter.IsOut)
        where method.Name is not ("Equals" or "Deconstruct")
        select $"{type.Name}.{method.Name}";

    private static IEnumerable<string> Numbers(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let value = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
        where property.SetMethod is { IsPublic: true } && value.IsPrimitive && value != typeof(bool)
        select $"{type.Name}.{property.Name}";

    // Rows may also be of other properties, and of what a layer overrides.
    private static IEnumerable<string> Properties() =>
        from type in Types()
        from member in type.GetMembers()
        select $"{type.Name}.{member.Name}";
}
