namespace GeoAlign.Models;

/// <summary>Search for NaN and infinity.</summary>
internal static class FiniteSearch
{
    /// <summary>Index of the first number that is NaN or infinite, or −1.</summary>
    public static int IndexOfAnyExceptFinite(this ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) return i;
        }

        return -1;
    }
}
