namespace GeoAlign.Reporting;

/// <summary>One distribution in bins.</summary>
/// <param name="Counts">Values per bin.</param>
/// <param name="Below">Values under the first bin.</param>
/// <param name="Above">Values over the last bin.</param>
/// <param name="Missing">Values that are not finite.</param>
/// <param name="Median">Median of all finite values; NaN where there is none.</param>
internal sealed record BinnedValues(int[] Counts, int Below, int Above, int Missing, double Median)
{
    /// <summary>Finite values, inside and outside.</summary>
    public int Total => Counts.Sum() + Below + Above;
}
