namespace GeoAlign.Geometry;

/// <summary>One segment of a cumulative cubic B-spline with uniform knots in a Lie group, of four control elements.</summary>
/// <typeparam name="TGroup">The group; <see cref="SplitPose"/> lets rotation and translation run independently.</typeparam>
/// <typeparam name="TTangent">Its tangents.</typeparam>
/// <remarks>
/// <c>T(u) = C₀·Exp(b₁Ω₁)·Exp(b₂Ω₂)·Exp(b₃Ω₃)</c>, <c>Ω_j = Log(C_{j−1}⁻¹·C_j)</c>, u in [0, 1]. Twice continuously differentiable across
/// segments; it does not pass through its control elements. Kim, Kim, Shin, "A general construction scheme for unit quaternion curves", 1995;
/// velocities: Sommer, Usenko, Schubert, Demmel, Cremers, "Efficient derivative computation for cumulative B-splines on Lie groups", 2020.
/// <c>default</c> is not a segment.
/// </remarks>
public readonly struct CubicBSplineSegment<TGroup, TTangent>
    where TGroup : struct, ILieGroup<TGroup, TTangent>
    where TTangent : struct, ITangent<TTangent>
{
    private readonly TGroup _first;
    private readonly TTangent _increment1, _increment2, _increment3;

    /// <summary>From the four control elements that shape this segment.</summary>
    public CubicBSplineSegment(TGroup c0, TGroup c1, TGroup c2, TGroup c3)
    {
        _first = c0;
        _increment1 = (c0.Inverse() * c1).Log();
        _increment2 = (c1.Inverse() * c2).Log();
        _increment3 = (c2.Inverse() * c3).Log();
    }

    /// <summary>The element at u in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">u is outside [0, 1] or not a number.</exception>
    public TGroup At(double u)
    {
        (double b1, double b2, double b3) = Basis(u);
        return _first * TGroup.Exp(_increment1 * b1) * TGroup.Exp(_increment2 * b2) * TGroup.Exp(_increment3 * b3);
    }

    /// <summary>Velocity in the moving frame per unit of u: <c>dT/du = T·v^</c>. Divide by the knot spacing for a velocity in time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">u is outside [0, 1] or not a number.</exception>
    public TTangent BodyVelocity(double u)
    {
        (_, double b2, double b3) = Basis(u);
        (double d1, double d2, double d3) = ((3 - u * (6 - 3 * u)) / 6, (3 + u * (6 - 6 * u)) / 6, u * u / 2);
        // v ← Ad(Exp(−b_j·Ω_j))·v + b_j'·Ω_j; Ω₁ is parallel to itself, so the first step is b₁'·Ω₁.
        TTangent v = _increment1 * d1;
        v = TGroup.Exp(_increment2 * -b2).Adjoint(v) + _increment2 * d2;
        return TGroup.Exp(_increment3 * -b3).Adjoint(v) + _increment3 * d3;
    }

    private static (double B1, double B2, double B3) Basis(double u)
    {
        if (!(u >= 0 && u <= 1)) throw new ArgumentOutOfRangeException(nameof(u), u, "A spline segment runs over u in [0, 1].");
        return ((5 + u * (3 - u * (3 - u))) / 6, (1 + u * (3 + u * (3 - 2 * u))) / 6, u * u * u / 6);
    }
}
