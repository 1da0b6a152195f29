namespace GeoAlign.Rewards;

/// <summary>How the errors of the frames become one number.</summary>
public enum ErrorReduction
{
    /// <summary><c>Σ w_i e_i / Σ w_i</c>: comparable between videos of different length; the default.</summary>
    WeightedMean,

    /// <summary><c>Σ w_i e_i</c>, as equations 3 and 4 of Geo-Align are written.</summary>
    WeightedSum,
}
