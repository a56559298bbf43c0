using System.Text;
using FastConv.Cli.Runs;

namespace FastConv.Fuzz.Files;

/// <summary>The configuration of a run that is continued.</summary>
internal sealed class RunConfigTarget() : FileTarget(
    "run-config", "\"request\":", "\"data\":", "\"environment\":", "null", "{}", "[]", "\"\"", "-1", "1e400", "2147483648", "true", "\"started\":", "{", "}", ",", ":", "\"2020-01-01\"")
{
    public override IEnumerable<byte[]> Seeds(Random random) =>
        [Encoding.UTF8.GetBytes("""{"started":"2020-01-01T00:00:00+00:00","request":{"epochs":1,"batch":2,"seed":3},"data":{},"environment":{}}""")];

    protected override string Read(string path)
    {
        RunConfig.Read(path).ToJson();
        return "read";
    }
}
