namespace GeoAlign.Geometry;

/// <summary>The one-parameter curve between two elements of a Lie group.</summary>
public static class Geodesic
{
    /// <summary><c>a·Exp(t·Log(a⁻¹·b))</c>: a at t = 0, b at t = 1; t outside [0, 1] extrapolates.</summary>
    /// <exception cref="ArgumentOutOfRangeException">t is not finite.</exception>
    public static TGroup Between<TGroup, TTangent>(TGroup a, TGroup b, double t)
        where TGroup : struct, ILieGroup<TGroup, TTangent>
        where TTangent : struct, ITangent<TTangent>
    {
        if (!double.IsFinite(t)) throw new ArgumentOutOfRangeException(nameof(t), t, "The fraction of the way must be finite.");
        return a * TGroup.Exp((a.Inverse() * b).Log() * t);
    }
}
