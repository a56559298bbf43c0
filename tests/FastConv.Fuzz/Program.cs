using System.CommandLine;
using FastConv.Fuzz;

var seconds = new Option<double>("--seconds") { Description = "For all targets together", DefaultValueFactory = _ => 120 };
var seed = new Option<int>("--seed") { Description = "Of everything that is drawn", DefaultValueFactory = _ => 1 };
var target = new Option<string?>("--target") { Description = "Only this one" };
var repeat = new Option<string?>("--repeat") { Description = "Run one input that was saved, with --target" };
var findings = new Option<string>("--findings")
{
    Description = "Where inputs go that found something",
    DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "fastconv-findings"),
};
var command = new RootCommand("Gives readers damaged files and primitives any shapes, and tells what was neither refused as documented nor right.") { seconds, seed, target, repeat, findings };
command.SetAction(parsed => FuzzRun.Run(
    new(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed), parsed.GetValue(target), parsed.GetValue(repeat), parsed.GetValue(findings)!)));
return command.Parse(args).Invoke();
