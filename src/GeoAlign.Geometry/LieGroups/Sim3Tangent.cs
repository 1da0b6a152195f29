using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>A tangent of Sim(3), ζ = (ρ, ω, σ): translation part, rotation vector, logarithm of the scale.</summary>
/// <param name="Rho">ρ, the translation part, metres. Not the translation of <c>Exp(ζ)</c>.</param>
/// <param name="Omega">ω, the rotation vector, radians.</param>
/// <param name="Sigma">σ, natural logarithm of the scale.</param>
public readonly record struct Sim3Tangent(Vector3d Rho, Vector3d Omega, double Sigma) : ITangent<Sim3Tangent>
{
    /// <summary>The zero tangent.</summary>
    public static Sim3Tangent Zero => default;

    /// <summary>√(|ρ|² + |ω|² + σ²); mixes units.</summary>
    public double Length => Math.Sqrt(Rho.LengthSquared + Omega.LengthSquared + Sigma * Sigma);

    /// <summary>From seven numbers, ρ, ω, σ.</summary>
    public static Sim3Tangent FromSpan(ReadOnlySpan<double> rhoOmegaSigma) => rhoOmegaSigma.Length == 7
        ? new(new(rhoOmegaSigma[0], rhoOmegaSigma[1], rhoOmegaSigma[2]), new(rhoOmegaSigma[3], rhoOmegaSigma[4], rhoOmegaSigma[5]), rhoOmegaSigma[6])
        : throw new ArgumentException($"{rhoOmegaSigma.Length} numbers, expected 7 (ρ, ω, σ).", nameof(rhoOmegaSigma));

    /// <summary>Writes seven numbers, ρ, ω, σ.</summary>
    public void CopyTo(Span<double> rhoOmegaSigma)
    {
        if (rhoOmegaSigma.Length < 7) throw new ArgumentException($"Room for {rhoOmegaSigma.Length} numbers, expected 7 (ρ, ω, σ).", nameof(rhoOmegaSigma));
        (rhoOmegaSigma[0], rhoOmegaSigma[1], rhoOmegaSigma[2]) = (Rho.X, Rho.Y, Rho.Z);
        (rhoOmegaSigma[3], rhoOmegaSigma[4], rhoOmegaSigma[5]) = (Omega.X, Omega.Y, Omega.Z);
        rhoOmegaSigma[6] = Sigma;
    }

    /// <summary>Sum.</summary>
    public static Sim3Tangent operator +(Sim3Tangent a, Sim3Tangent b) => new(a.Rho + b.Rho, a.Omega + b.Omega, a.Sigma + b.Sigma);

    /// <summary>Difference.</summary>
    public static Sim3Tangent operator -(Sim3Tangent a, Sim3Tangent b) => new(a.Rho - b.Rho, a.Omega - b.Omega, a.Sigma - b.Sigma);

    /// <summary>Negation.</summary>
    public static Sim3Tangent operator -(Sim3Tangent a) => new(-a.Rho, -a.Omega, -a.Sigma);

    /// <summary>Scaling.</summary>
    public static Sim3Tangent operator *(Sim3Tangent a, double s) => new(s * a.Rho, s * a.Omega, s * a.Sigma);

    /// <summary>Scaling.</summary>
    public static Sim3Tangent operator *(double s, Sim3Tangent a) => a * s;

    /// <summary>The three parts, invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(ρ {Rho}, ω {Omega}, σ {Sigma:G9})");
}
