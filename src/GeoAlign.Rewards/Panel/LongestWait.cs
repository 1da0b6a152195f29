namespace GeoAlign.Rewards;

/// <summary>The longest time a timer of .NET can wait: 2³² − 2 milliseconds. A setting beyond it is refused where it is made, not at the first wait.</summary>
internal static class LongestWait
{
    public static readonly TimeSpan Value = TimeSpan.FromMilliseconds(uint.MaxValue - 1.0);

    public const string Bound = "49 days";
}
