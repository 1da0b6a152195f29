using System.CommandLine;
using System.CommandLine.Invocation;
using GeoAlign.Evaluate;
using GeoAlign.Train;

namespace GeoAlign.Cli;

/// <summary>The command <c>geoalign</c>: its subcommands, and what becomes of exceptions.</summary>
internal static class Tool
{
    /// <summary>Time that a command has for ending after Ctrl-C: a browser, ffmpeg or a file half written must be cleaned up.</summary>
    private static readonly TimeSpan EndingTime = TimeSpan.FromSeconds(10);

    public static RootCommand Create()
    {
        RootCommand root = new("Camera paths, rewards, training and evaluation for camera-controlled video models.")
        {
            InspectCommand.Create(),
            ConvertCommand.Create(),
            PlotCommand.Create(),
            RescaleCommand.Create(),
            ScoreCommand.Create(),
            DataCommand.Create(),
            EvaluateCommand.Create(),
            TrainCommand.Create(),
            ReportCommand.Create(),
        };
        root.HelpName = CommandName.Program;
        HelpWithExamples.Install(root);
        return root;
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">Without the program's name; none shows the help.</param>
    /// <param name="output">Receives results and nothing else.</param>
    /// <param name="error">Receives messages and progress.</param>
    /// <param name="stop">Ends the work, as Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        ParseResult parsed = Create().Parse(arguments.Count == 0 ? ["--help"] : arguments);
        if (parsed.Action is ParseErrorAction) return await RefuseAsync(parsed, error);

        InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = EndingTime };
        try
        {
            return await parsed.InvokeAsync(configuration, stop);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("stopped");
            return ExitCodes.Stopped;
        }
#pragma warning disable CA1031 // The last catch of the program: every failure becomes a line and an exit code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return await ErrorLine.WriteAsync(failure, parsed.CommandResult.Command, error);
        }
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, TextWriter error)
    {
        // A word that is no command also makes "no command was given": the word is what the reader must know.
        string[] problems = [.. (parsed.UnmatchedTokens.Count > 0 ? parsed.Errors.Where(e => parsed.UnmatchedTokens.Any(t => e.Message.Contains(t, StringComparison.Ordinal))) : parsed.Errors).Select(e => e.Message).Distinct()];
        foreach (string problem in problems.Length > 0 ? problems : parsed.Errors.Select(e => e.Message)) await error.WriteLineAsync($"error: {ExpectedType.InWords(problem)}");
        await error.WriteLineAsync($"{CommandName.Of(parsed.CommandResult.Command)} --help shows what can be said.");
        return ExitCodes.Usage;
    }
}
