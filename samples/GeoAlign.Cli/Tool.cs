using GeoAlign.Evaluate;
using GeoAlign.Terminal;
using GeoAlign.Train;

namespace GeoAlign.Cli;

/// <summary>The command <c>geoalign</c>: its subcommands.</summary>
internal static class Tool
{
    public static ToolProgram Create() => new("geoalign", "Camera paths, rewards, training and evaluation for camera-controlled video models.")
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

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">Without the program's name; none shows the help.</param>
    /// <param name="output">Receives results and nothing else.</param>
    /// <param name="error">Receives messages and progress.</param>
    /// <param name="stop">Ends the work, as Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken stop = default) =>
        CommandProgram.RunAsync(Create(), arguments.Count == 0 ? ["--help"] : arguments, output, error, stop: stop);
}
