using System.CommandLine;
using System.Globalization;
using FastConv.Benchmarks.Peers;
using FastConv.Data;

namespace FastConv.Benchmarks.Loading;

/// <summary>The verb <c>loading</c>: the share of training that is waiting for data.</summary>
internal static class LoadingCommand
{
    public const string Verb = "loading";

    /// <summary>Names the folder that holds <c>cifar10</c> and <c>cats-dogs</c>.</summary>
    private const string DataVariable = "FASTCONV_DATA";

    private const int DefaultEpochs = 2;

    private static readonly int[] DefaultWorkers = [0, 1, 2];

    /// <summary>Exit code 0, 2 for wrong arguments.</summary>
    public static int Run(string[] args) => BenchmarkVerb.Run(Create(), args);

    private static Command Create()
    {
        string[] names = [.. LoadingCase.All.Select(workload => workload.Name)];
        Option<string[]?> cases = ListOption.Create("--case", "NAME[,NAME..]", $"{string.Join(", ", names)} (all)", text => ListOption.OneOf(text, names));
        Option<int[]?> workers = ListOption.Create(
            "--workers", "N[,N..]", $"Threads that read ahead ({string.Join(',', DefaultWorkers)})", text => text == "0" ? 0 : ListOption.Whole(text, DataLoader.MaxWorkers));
        Option<int[]?> epochs = ListOption.Create("--epochs", "N", $"Epochs of each ({DefaultEpochs})", text => ListOption.Whole(text, 100));
        var data = new Option<string?>("--data") { HelpName = "FOLDER", Description = $"Holds cifar10 and cats-dogs ({DataVariable}, or ../shared/data)" };
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the rows as a JSON array" };
        var command = new Command(Verb, "Train on files, and measure how long training waits for data.") { cases, workers, epochs, data, json };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable(DataVariable) ?? Path.Combine("..", "shared", "data");
            IReadOnlyList<string> chosen = parsed.GetValue(cases) is [_, ..] asked ? asked : names;
            int[] counts = parsed.GetValue(workers) is [_, ..] given ? given : DefaultWorkers;
            var file = new RowsFile<LoadingRow>(parsed.GetValue(json), LoadingRowJson.Default.ListLoadingRow);
            Console.WriteLine($"{"case",-8} {"batch",5} {"thr",3} {"workers",7} {"epoch",5} {"steps",5} {"step ms",8} {"waiting",8} {"share",7} {"alone ms",8}");
            foreach (LoadingCase workload in LoadingCase.All.Where(workload => chosen.Contains(workload.Name)))
            {
                Measure(workload, Path.Combine(folder, workload.Folder), counts, parsed.GetValue(epochs) is [var most] ? most : DefaultEpochs, file);
            }

            return 0;
        });
        return command;
    }

    private static void Measure(LoadingCase workload, string folder, int[] workers, int epochs, RowsFile<LoadingRow> file)
    {
        if (!Directory.Exists(folder))
        {
            Console.WriteLine($"{workload.Name}: left out, since there is no folder {folder}");
            return;
        }

        var measurement = new LoadingMeasurement(workload, folder);
        foreach (LoadingRow row in workers.SelectMany(count => measurement.Run(count, epochs)))
        {
            file.Add(row);
            file.Write();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-8} {row.Batch,5} {row.Threads,3} {row.Workers,7} {row.Epoch,5} {row.Steps,5} {row.StepMs,8:F2} {row.WaitingMs,8:F3} {row.WaitingShare,7:P2} {row.AloneMs,8:F2}"));
        }
    }
}
