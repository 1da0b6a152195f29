using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>A tangent of SE(3), ξ = (ρ, ω): translation part first. Also a twist, when divided by a time.</summary>
/// <param name="Rho">ρ, the translation part, metres. Not the translation of <c>Exp(ξ)</c>, which is <c>J_l(ω)·ρ</c>.</param>
/// <param name="Omega">ω, the rotation vector, radians.</param>
public readonly record struct SE3Tangent(Vector3d Rho, Vector3d Omega) : ITangent<SE3Tangent>
{
    /// <summary>The zero tangent.</summary>
    public static SE3Tangent Zero => default;

    /// <summary>√(|ρ|² + |ω|²); mixes metres and radians.</summary>
    public double Length => Math.Sqrt(Rho.LengthSquared + Omega.LengthSquared);

    /// <summary>From six numbers, ρ then ω.</summary>
    public static SE3Tangent FromSpan(ReadOnlySpan<double> rhoOmega) => rhoOmega.Length == 6
        ? new(new(rhoOmega[0], rhoOmega[1], rhoOmega[2]), new(rhoOmega[3], rhoOmega[4], rhoOmega[5]))
        : throw new ArgumentException($"{rhoOmega.Length} numbers, expected 6 (ρ, ω).", nameof(rhoOmega));

    /// <summary>Writes six numbers, ρ then ω.</summary>
    public void CopyTo(Span<double> rhoOmega)
    {
        if (rhoOmega.Length < 6) throw new ArgumentException($"Room for {rhoOmega.Length} numbers, expected 6 (ρ, ω).", nameof(rhoOmega));
        (rhoOmega[0], rhoOmega[1], rhoOmega[2]) = (Rho.X, Rho.Y, Rho.Z);
        (rhoOmega[3], rhoOmega[4], rhoOmega[5]) = (Omega.X, Omega.Y, Omega.Z);
    }

    /// <summary>Sum.</summary>
    public static SE3Tangent operator +(SE3Tangent a, SE3Tangent b) => new(a.Rho + b.Rho, a.Omega + b.Omega);

    /// <summary>Difference.</summary>
    public static SE3Tangent operator -(SE3Tangent a, SE3Tangent b) => new(a.Rho - b.Rho, a.Omega - b.Omega);

    /// <summary>Negation.</summary>
    public static SE3Tangent operator -(SE3Tangent a) => new(-a.Rho, -a.Omega);

    /// <summary>Scaling.</summary>
    public static SE3Tangent operator *(SE3Tangent a, double s) => new(s * a.Rho, s * a.Omega);

    /// <summary>Scaling.</summary>
    public static SE3Tangent operator *(double s, SE3Tangent a) => a * s;

    /// <summary>Both parts, invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(ρ {Rho}, ω {Omega})");
}
