using System.CommandLine;
using FastConv.Mutants;

var count = new Option<int>("--count") { Description = "Mutants, spread over the files", DefaultValueFactory = _ => 120 };
var seed = new Option<int>("--seed") { Description = "Which ones", DefaultValueFactory = _ => 1 };
var seconds = new Option<int>("--seconds") { Description = "After how long to stop; the next call goes on", DefaultValueFactory = _ => 540 };
var slots = new Option<int>("--slots") { Description = "Mutants tested at a time", DefaultValueFactory = _ => 2 };
var again = new Option<bool>("--again") { Description = "Test the survivors of earlier calls again" };
var command = new RootCommand("Changes one operator or constant of the library at a time, in a copy, and runs the tests: who says nothing has a gap.")
{
    count, seed, seconds, slots, again,
};
command.SetAction(parsed => MutationRun.Run(new(
    parsed.GetValue(count), parsed.GetValue(seed), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(slots), parsed.GetValue(again))));
return command.Parse(args).Invoke();
