using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>Turns what a user can mend into one line and an exit code; everything else keeps its stack trace.</summary>
internal static class FriendlyErrors
{
    public static async Task<int> RunAsync(Func<Task<int>> work, TextWriter messages)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            await messages.WriteLineAsync($"{Environment.NewLine}stopped; what was scored is kept, start again with the same options to go on");
            return ExitCodes.Stopped;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException
            or PoseModelException or WeightMismatchException or DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            await messages.WriteLineAsync($"error: {error.Message}");
            return ExitCodes.Error;
        }
    }
}
