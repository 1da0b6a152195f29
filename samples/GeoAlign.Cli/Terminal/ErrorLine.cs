using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using GeoAlign.Models;
using GeoAlign.Reporting;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>A failure as one line that says what to do.</summary>
internal static partial class ErrorLine
{
    /// <summary>Set to 1, it shows the stack trace too.</summary>
    public const string TraceVariable = "GEOALIGN_TRACE";

    /// <summary>Writes the line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> WriteAsync(Exception failure, Command command, TextWriter error)
    {
        bool isUsage = failure is UsageException;
        await error.WriteLineAsync(
            isUsage ? $"error: {failure.Message} ({CommandName.Of(command)} --help)"
            : IsForTheUser(failure) ? $"error: {OneLine(failure.Message)}"
            : $"error: {failure.GetType().Name}: {OneLine(failure.Message)} This is a fault of the program; {TraceVariable}=1 shows where it happened.");
        if (Environment.GetEnvironmentVariable(TraceVariable) == "1") await error.WriteLineAsync(failure.ToString());
        return isUsage ? ExitCodes.Usage : ExitCodes.Failed;
    }

    // These carry messages that name the thing and what was expected.
    private static bool IsForTheUser(Exception failure) => failure.Message.Length > 0 &&
        failure is ArgumentException or FormatException or IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException or InvalidOperationException
            or ArithmeticException or PoseModelException or PoseEstimationException or RemoteScorerException or TransientRewardException or WeightMismatchException or StageMemoryException or VideoException or FfmpegNotFoundException or ChromiumNotFoundException
            or ReportTooLargeException or HttpRequestException or DllNotFoundException or ExternalException or TypeInitializationException { InnerException: DllNotFoundException };

    /// <summary>A message without line ends and without the name of a parameter, which says nothing to someone who typed an option.</summary>
    public static string OneLine(string message) => ParameterNote().Replace(message, "").ReplaceLineEndings(" ").Trim();

    [GeneratedRegex(@"\s*\(Parameter '\w+'\)")]
    private static partial Regex ParameterNote();
}
