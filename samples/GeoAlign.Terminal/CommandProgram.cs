using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace GeoAlign.Terminal;

/// <summary>Runs a command line, and turns whatever becomes of it into lines and an exit code: the same for every program of the repository.</summary>
public static class CommandProgram
{
    private const string JsonOption = "--json";

    /// <summary>Time that a command has for ending after Ctrl-C: a browser, ffmpeg or a file half written must be cleaned up.</summary>
    private static readonly TimeSpan UsualEndingTime = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command line. With <c>--json</c> the output is one JSON document, of the error where there is one.</summary>
    /// <param name="program">The program's commands.</param>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="output">Receives results and nothing else.</param>
    /// <param name="error">Receives messages and progress.</param>
    /// <param name="endingTime">Time for ending after Ctrl-C; 10 seconds if null.</param>
    /// <param name="stop">Ends the work, as Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(RootCommand program, IReadOnlyList<string> arguments, TextWriter output, TextWriter error, TimeSpan? endingTime = null, CancellationToken stop = default)
    {
        HelpWithExamples.Install(program);
        ParseResult parsed = program.Parse(arguments);
        bool isJson = AsksForJson(parsed);
        string[] unknown = parsed.Action is ParseErrorAction or HelpWithExamples ? [] : UnknownOptions(parsed, arguments);
        if (parsed.Action is ParseErrorAction || unknown.Length > 0) return await EndAsync(unknown.Length > 0 ? unknown : Problems(parsed), ExitCodes.Usage, $"{CommandName.Of(parsed.CommandResult.Command)} --help shows what can be said.");

        using StringWriter document = new();                               // with --json nothing is written before it is known to be whole
        try
        {
            int code = await parsed.InvokeAsync(new InvocationConfiguration { Output = isJson ? document : output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = endingTime ?? UsualEndingTime }, stop);
            if (isJson) await output.WriteAsync(document.ToString());
            return code;
        }
        catch (OperationCanceledException stopped)
        {
            string message = stopped is WorkStoppedException ? stopped.Message : "stopped";
            return await SayAsync([message], ExitCodes.Stopped, message);
        }
#pragma warning disable CA1031 // The last catch of the program: every failure becomes a line and an exit code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            ErrorLine line = ErrorLine.Of(failure, CommandName.Of(parsed.CommandResult.Command));
            return await EndAsync([line.Text], line.ExitCode, ErrorLine.IsTraced ? failure.ToString() : null);
        }

        async Task<int> EndAsync(string[] problems, int code, string? more)
        {
            string[] lines = [.. problems.Select(problem => $"error: {problem}")];
            return await SayAsync(more is null ? lines : [.. lines, more], code, string.Join("; ", problems));
        }

        // A message that cannot be written has no reader; the exit code still says what happened.
        async Task<int> SayAsync(string[] lines, int code, string message)
        {
            try
            {
                foreach (string line in lines) await error.WriteLineAsync(line);
                if (isJson) await output.WriteLineAsync(ErrorDocument(message, code));
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                return code;
            }

            return code;
        }
    }

    private static string ErrorDocument(string message, int code) => JsonOutput.Of(new { error = message, exitCode = code });

    private static bool AsksForJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(o => o.Name == JsonOption) is Option<bool> json
            ? parsed.GetResult(json) is { } given && !given.Errors.Any() && parsed.GetValue(json)
            : parsed.UnmatchedTokens.Contains(JsonOption);

    // The parser takes an option that it does not know for one more file.
    private static string[] UnknownOptions(ParseResult parsed, IReadOnlyList<string> arguments) => arguments.Contains("--") ? [] :
    [
        .. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).Where(word => word.Length > 1 && word[0] == '-')
            .Select(word => $"'{word}' is no option of {CommandName.Of(parsed.CommandResult.Command)}; a file of that name is ./{word}."),
    ];

    // A word that is no command also makes "no command was given": the word is what the reader must know.
    private static string[] Problems(ParseResult parsed)
    {
        string[] all = [.. parsed.Errors.Select(e => ExpectedType.InWords(e.Message)).Distinct()];
        string[] ofWords = [.. all.Where(message => parsed.UnmatchedTokens.Any(word => message.Contains(word, StringComparison.Ordinal)))];
        return ofWords.Length > 0 ? ofWords : all;
    }
}
