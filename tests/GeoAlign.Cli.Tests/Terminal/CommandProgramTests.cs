using System.CommandLine;
using System.Text.Json;

namespace GeoAlign.Cli.Tests.Terminal;

/// <summary>What becomes of a command's end, the same in every program.</summary>
public class CommandProgramTests
{
    [Fact]
    public async Task A_result_is_passed_on()
    {
        (int code, string output, string error) = await Run((result, _) => result.Write("made"), "do");

        Assert.Equal((0, "made", ""), (code, output, error));
    }

    [Fact]
    public async Task Bad_input_is_one_line_and_1() =>
        Assert.Equal((1, "", "error: clip.mp4: empty, expected a video.\n"), await Run(_ => new InvalidDataException("clip.mp4: empty,\nexpected a video. (Parameter 'path')"), "do"));

    [Fact]
    public async Task A_command_line_that_cannot_be_is_2_and_names_the_help() =>
        Assert.Equal((2, "", "error: say --fps (tool do --help)\n"), await Run(_ => new UsageException("say --fps."), "do"));

    [Theory]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(IndexOutOfRangeException))]
    [InlineData(typeof(KeyNotFoundException))]
    public async Task A_fault_of_the_program_says_that_it_is_one(Type type)
    {
        (int code, string output, string error) = await Run(_ => (Exception)Activator.CreateInstance(type)!, "do");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"error: {type.Name}: ", error, StringComparison.Ordinal);
        Assert.Contains("fault of the program; GEOALIGN_TRACE=1 shows where", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_wraps_the_reason_is_taken_off() =>
        Assert.Equal((1, "", "error: no libtorch: run ./setup.sh\n"), await Run(_ => new TypeInitializationException("TorchSharp.torch", new AggregateException(new DllNotFoundException("no libtorch: run ./setup.sh"))), "do"));

    [Fact]
    public async Task Stopped_work_says_what_is_kept_and_ends_with_130()
    {
        Assert.Equal((130, "", "stopped\n"), await Run(_ => new TaskCanceledException(), "do"));
        Assert.Equal((130, "", "stopped; start again to go on\n"), await Run(_ => new WorkStoppedException("stopped; start again to go on", new OperationCanceledException()), "do"));
    }

    [Theory]
    [InlineData(1, "bad", "do", "--json")]
    [InlineData(2, "'--bogus'", "do", "--json", "--bogus")]
    [InlineData(2, "'bogus'", "bogus", "--json")]
    [InlineData(2, "'many'", "do", "--count", "many", "--json")]
    public async Task With_json_an_error_is_the_document(int expected, string message, params string[] arguments)
    {
        (int code, string output, string error) = await Run(_ => new InvalidDataException("bad"), arguments);

        using JsonDocument document = JsonDocument.Parse(output);
        Assert.Equal(expected, code);
        Assert.Equal(expected, document.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Contains(message, document.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_that_is_not_known_is_no_file()
    {
        ToolRun run = await ToolRun.Of("inspect", "--no-such-option");
        ToolRun file = await ToolRun.Of("inspect", "--", "--no-such-file");

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains("'--no-such-option' is no option of geoalign inspect", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, file.Code);
        Assert.Contains("There is no file or folder '--no-such-file'", file.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_half_a_result_is_not_written()
    {
        (int code, string output, _) = await Run((result, _) =>
        {
            result.Write("{ \"files\": [");
            throw new OperationCanceledException();
        }, "do", "--json");

        Assert.Equal(130, code);
        Assert.Equal("stopped", JsonDocument.Parse(output).RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Help_ends_with_the_examples_under_the_programs_name()
    {
        (int code, string output, _) = await Run((_, _) => { }, "do", "--help");

        Assert.Equal(0, code);
        Assert.Contains("Examples:\n  tool do --count 3\n      three times\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Error)> Run(Func<int, Exception> failure, params string[] arguments) => Run((_, count) => throw failure(count), arguments);

    private static async Task<(int Code, string Output, string Error)> Run(Action<TextWriter, int> work, params string[] arguments)
    {
        Option<int> count = new("--count");
        ToolCommand command = new("do", "Does it.") { Examples = [new("--count 3", "three times")] };
        command.Options.Add(count);
        command.Options.Add(new Option<bool>("--json"));
        command.SetAction(parsed => work(parsed.InvocationConfiguration.Output, parsed.GetValue(count)));
        using StringWriter output = new(), error = new();
        int code = await CommandProgram.RunAsync(new ToolProgram("tool", "A tool.") { command }, arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
