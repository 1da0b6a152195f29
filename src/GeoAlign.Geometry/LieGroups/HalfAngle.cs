using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>The half angle h = θ/2 of a rotation vector with its sine and cosine, and the functions of θ built from them.</summary>
internal readonly struct HalfAngle
{
    private HalfAngle(double thetaSquared, double half, double sin, double cos, double sinc) =>
        (ThetaSquared, Value, Sin, Cos, Sinc) = (thetaSquared, half, sin, cos, sinc);

    /// <summary>θ².</summary>
    public double ThetaSquared { get; }

    /// <summary>h = θ/2.</summary>
    public double Value { get; }

    /// <summary>sin h.</summary>
    public double Sin { get; }

    /// <summary>cos h.</summary>
    public double Cos { get; }

    /// <summary>sin h / h, 1 at h = 0.</summary>
    public double Sinc { get; }

    /// <summary>(1 − cos θ)/θ² = ½·(sin h/h)²: no cancellation, hence no branch.</summary>
    public double B => 0.5 * (Sinc * Sinc);

    /// <summary>(θ − sin θ)/θ³, with sin θ = 2·sin h·cos h.</summary>
    public double C => RotationFunctions.C(ThetaSquared, 2 * Value, 2 * Sin * Cos);

    /// <summary>(1 − h·cot h)/θ².</summary>
    public double D => RotationFunctions.D(ThetaSquared, Value, Sin, Cos);

    /// <summary>From a rotation vector of any length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfAngle Of(Vector3d omega)
    {
        double thetaSquared = omega.LengthSquared;
        double theta = Math.Sqrt(thetaSquared);
        double half = 0.5 * theta;
        if (half == 0) return new(0, 0, 0, 1, 1);                                       // zero, or |ω|² underflowed
        (double s, double c) = Math.SinCos(half);
        if (theta > Math.PI)
        {
            // Beyond π the sine can be far smaller than its argument, so the rounding of θ would show: put it back,
            // sin(h + e) = sin h + e·cos h. Below π it costs sin h at most one rounding.
            double e = 0.5 * LengthResidual(omega, theta);
            (s, c) = (s + e * c, c - e * s);
        }

        return new(thetaSquared, half, s, c, s / half);
    }

    /// <summary>From sine and cosine of an angle h in [0, π/2] and the angle itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfAngle Of(double half, double sin, double cos) => new(4 * (half * half), half, sin, cos, half == 0 ? 1 : sin / half);

    /// <summary>|v| − length, where length is |v| rounded: (|v|² − length²)/(2·length) with exact squares.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double LengthResidual(Vector3d v, double length)
    {
        DoubleDouble squares = DoubleDouble.Product(v.X, v.X) + DoubleDouble.Product(v.Y, v.Y) + DoubleDouble.Product(v.Z, v.Z);
        return (squares + DoubleDouble.Product(-length, length)).Rounded / (2 * length);
    }
}
