using System.Globalization;

namespace GeoAlign.Terminal;

/// <summary>Times of work as a terminal shows them.</summary>
public static class Durations
{
    /// <summary>"4:05" minutes and seconds; from an hour on "27:04:05".</summary>
    public static string Text(TimeSpan time)
    {
        long seconds = (long)Math.Round(time.TotalSeconds);
        return seconds >= 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }
}
