using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GeoAlign.Terminal;

/// <summary>A failure as one line that says what to do.</summary>
/// <param name="Text">The line, without "error: ".</param>
/// <param name="ExitCode">What the program ends with.</param>
public sealed partial record ErrorLine(string Text, int ExitCode)
{
    /// <summary>Environment variable; set to 1, it shows the stack trace too.</summary>
    public const string TraceVariable = "GEOALIGN_TRACE";

    /// <summary>Puts a failure into words.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="command">Name of the command, whose help is pointed to where the command line is at fault.</param>
    public static ErrorLine Of(Exception failure, string command)
    {
        Exception cause = Unwrapped(failure);
        return cause switch
        {
            UsageException => new($"{OneLine(cause.Message).TrimEnd('.')} ({command} --help)", ExitCodes.Usage),
            _ when IsFaultOfTheProgram(cause) => new($"{cause.GetType().Name}: {OneLine(cause.Message)} This is a fault of the program; {TraceVariable}=1 shows where it happened.", ExitCodes.Failed),
            _ => new(OneLine(cause.Message), ExitCodes.Failed),
        };
    }

    /// <summary>A message without line ends and without the name of a parameter, which says nothing to someone who typed an option.</summary>
    public static string OneLine(string message) => ParameterNote().Replace(message, "").ReplaceLineEndings(" ").Trim();

    /// <summary>Whether <see cref="TraceVariable"/> asks for stack traces.</summary>
    internal static bool IsTraced => Environment.GetEnvironmentVariable(TraceVariable) == "1";

    // These only wrap the exception that has something to say.
    private static Exception Unwrapped(Exception failure) =>
        failure is TypeInitializationException or TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && failure.InnerException is { } inner ? Unwrapped(inner) : failure;

    // The libraries name the thing and what was expected in all that they throw; these are thrown by the runtime, about the code.
    private static bool IsFaultOfTheProgram(Exception failure) => failure.Message.Length == 0 ||
        failure is NullReferenceException or IndexOutOfRangeException or InvalidCastException or KeyNotFoundException or ArrayTypeMismatchException or RankException or ObjectDisposedException
            or NotImplementedException or UnreachableException or MissingMemberException or (TypeLoadException and not DllNotFoundException) or AggregateException;

    [GeneratedRegex(@"\s*\(Parameter '\w+'\)")]
    private static partial Regex ParameterNote();
}
