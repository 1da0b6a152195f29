using System.Runtime.InteropServices;
using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Train;

/// <summary>Turns what a user can mend into one line and an exit code; everything else keeps its stack trace.</summary>
internal static class FriendlyErrors
{
    public const int Failed = 1, Stopped = 130;

    /// <summary>Runs a command.</summary>
    /// <param name="work">The command.</param>
    /// <param name="whenStopped">What to say when the user stopped it.</param>
    public static async Task<int> RunAsync(Func<Task> work, string whenStopped = "stopped")
    {
        try
        {
            await work();
            return 0;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(whenStopped);
            return Stopped;
        }
        catch (Exception error) when (IsForTheUser(error))
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}");
            return Failed;
        }
    }

    // Bad input, missing files and missing programs carry messages that name the thing and what to do.
    private static bool IsForTheUser(Exception error) => error.Message.Length > 0 &&
        error is ArgumentException or FormatException or IOException or InvalidDataException or UnauthorizedAccessException or ArithmeticException
            or PoseModelException or PoseEstimationException or RemoteScorerException or TransientRewardException or WeightMismatchException or StageMemoryException or InvalidOperationException or DllNotFoundException or ExternalException or TypeInitializationException { InnerException: DllNotFoundException };
}
