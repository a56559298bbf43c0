using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FastConv.Benchmarks.Peers;

/// <summary>An engine in a process of its own that works only when asked: a line of JSON to it, a line back. The first line says what it is.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly string _name;
    private readonly Process _process;

    private PeerProcess(string name, Process process, string greeting)
    {
        (_name, _process) = (name, process);
        Greeting = greeting;
    }

    /// <summary>The name and version that it gave itself.</summary>
    public string Greeting { get; }

    /// <summary>Of the process so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;
        }
    }

    /// <summary>Null where there is no such program or it ends without a line.</summary>
    public static PeerProcess? TryStart(
        string name, string program, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string variable, string value) in environment)
        {
            start.Environment[variable] = value;
        }

        try
        {
            Process process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() is { } greeting)
            {
                return new PeerProcess(name, process, greeting);
            }

            process.Dispose();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program.
        }

        return null;
    }

    /// <exception cref="PeerException">It has stopped, or answers with an error.</exception>
    public string Ask(object request)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw new PeerException($"{_name} has stopped");
        }

        string answer = _process.StandardOutput.ReadLine() ?? throw new PeerException($"{_name} has stopped");
        return answer.StartsWith("error ", StringComparison.Ordinal) ? throw new PeerException($"{_name}: {answer["error ".Length..]}") : answer;
    }

    /// <summary>As <see cref="Ask"/>, for an answer that is one number.</summary>
    public double AskNumber(object request) => double.Parse(Ask(request), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        try
        {
            // The end of its input ends it.
            _process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
