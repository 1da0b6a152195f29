using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>A rotation in 3D: an element of SO(3), stored as a unit quaternion (w, x, y, z), Hamilton convention.</summary>
/// <remarks>
/// Column vectors: <c>p_a = R_ab · p_b</c>, products read right to left. q and −q are the same rotation.
/// <c>default(SO3)</c> is the zero quaternion and not a rotation; start from <see cref="Identity"/>.
/// </remarks>
public readonly struct SO3 : IEquatable<SO3>
{
    private SO3(double w, double x, double y, double z) => (W, X, Y, Z) = (w, x, y, z);

    /// <summary>The rotation that moves nothing.</summary>
    public static SO3 Identity => new(1, 0, 0, 0);

    /// <summary>Real part of the unit quaternion.</summary>
    public double W { get; }

    /// <summary>First imaginary part of the unit quaternion.</summary>
    public double X { get; }

    /// <summary>Second imaginary part of the unit quaternion.</summary>
    public double Y { get; }

    /// <summary>Third imaginary part of the unit quaternion.</summary>
    public double Z { get; }

    /// <summary>Exponential map: rotation vector (axis · angle, radians) to rotation.</summary>
    /// <remarks><c>q = (cos θ/2, ½·(sin(θ/2)/(θ/2))·ω)</c>, θ = |ω|. The double cover is kept: w &lt; 0 for θ in (π, 3π).</remarks>
    public static SO3 Exp(Vector3d omega)
    {
        double theta = omega.Length;
        double half = 0.5 * theta;
        if (half == 0) return new(1, 0.5 * omega.X, 0.5 * omega.Y, 0.5 * omega.Z);      // |ω|² underflowed
        (double s, double c) = Math.SinCos(half);
        if (theta > Math.PI)
        {
            // Beyond π the sine can be far smaller than its argument, so the rounding of θ would show: put it back,
            // sin(h + e) = sin h + e·cos h. Below π it costs sin h at most one rounding.
            double e = 0.5 * LengthResidual(omega, theta);
            (s, c) = (s + e * c, c - e * s);
        }

        double k = 0.5 * (s / half);
        return new(c, k * omega.X, k * omega.Y, k * omega.Z);
    }

    /// <summary>|v| − length, where length is |v| rounded: (|v|² − length²)/(2·length) with exact squares.</summary>
    private static double LengthResidual(Vector3d v, double length)
    {
        double xx = v.X * v.X, yy = v.Y * v.Y, zz = v.Z * v.Z, nn = length * length;
        double roundings = Math.FusedMultiplyAdd(v.X, v.X, -xx) + Math.FusedMultiplyAdd(v.Y, v.Y, -yy)
            + Math.FusedMultiplyAdd(v.Z, v.Z, -zz) - Math.FusedMultiplyAdd(length, length, -nn);
        (double sum, double lost) = TwoSum(xx, yy);
        (sum, double lostAgain) = TwoSum(sum, zz);
        return (sum - nn + (lost + lostAgain + roundings)) / (2 * length);
    }

    /// <summary>a + b and what its rounding lost, exactly (Knuth's TwoSum).</summary>
    private static (double Sum, double Lost) TwoSum(double a, double b)
    {
        double sum = a + b;
        double bPart = sum - a;
        return (sum, a - (sum - bPart) + (b - bPart));
    }

    /// <summary>Logarithm: the rotation vector of length at most π (radians).</summary>
    /// <remarks>
    /// With w ≥ 0 and s = |v|: factor 2·atan2(s, w)/s, or its series in r = s/w for r &lt; 1e-3, whose first dropped term
    /// 2r¹⁰/11 is below 2e-31. At exactly π either sign of the axis is a valid answer.
    /// </remarks>
    public Vector3d Log()
    {
        double sign = W < 0 ? -1 : 1;
        double w = sign * W, x = sign * X, y = sign * Y, z = sign * Z;
        double s = Math.Sqrt(x * x + y * y + z * z);
        double factor;
        if (s < 1e-3 * w)
        {
            double r2 = s / w * (s / w);
            factor = 2 / w * (1 - r2 * (1.0 / 3 - r2 * (1.0 / 5 - r2 * (1.0 / 7 - r2 / 9))));
        }
        else
        {
            factor = 2 * Math.Atan2(s, w) / s;
        }

        return new(factor * x, factor * y, factor * z);
    }

    /// <summary>From a quaternion (w, x, y, z) of any length but zero; it is normalised.</summary>
    /// <exception cref="ArgumentException">The quaternion is zero or not finite.</exception>
    public static SO3 FromQuaternionWxyz(double w, double x, double y, double z)
    {
        double largest = Math.Max(Math.Max(Math.Abs(w), Math.Abs(x)), Math.Max(Math.Abs(y), Math.Abs(z)));
        if (!(largest > 0) || double.IsInfinity(largest) || double.IsNaN(w + x + y + z))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Quaternion ({w}, {x}, {y}, {z}) has no direction; expected finite numbers that are not all zero."));
        (w, x, y, z) = (w / largest, x / largest, y / largest, z / largest);            // squares neither overflow nor vanish
        double n = Math.Sqrt(w * w + x * x + y * y + z * z);
        return new(w / n, x / n, y / n, z / n);
    }

    /// <summary>From a quaternion stored as (x, y, z, w).</summary>
    public static SO3 FromQuaternionXyzw(double x, double y, double z, double w) => FromQuaternionWxyz(w, x, y, z);

    /// <summary>From a rotation matrix, by the largest of the four quaternion components; rounding of the matrix is absorbed.</summary>
    /// <exception cref="ArgumentException">The matrix deviates from a rotation by 1e-3 or more (‖RᵀR − I‖∞, element-wise), or has determinant ≤ 0.</exception>
    public static SO3 FromMatrix(Matrix3d r)
    {
        Matrix3d gram = r.Transpose() * r - Matrix3d.Identity;
        double deviation = 0;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                deviation = Math.Max(deviation, Math.Abs(gram[i, j]));
        if (!(deviation < 1e-3))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Not a rotation: RᵀR differs from the identity by {deviation:G3}, expected less than 0.001."));
        if (!(r.Determinant > 0))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Not a rotation but a reflection: determinant {r.Determinant:G3}, expected 1."));

        double trace = r.Trace;
        double largest = Math.Max(Math.Max(trace, r.M00), Math.Max(r.M11, r.M22));
        if (largest == trace) return FromQuaternionWxyz(1 + trace, r.M21 - r.M12, r.M02 - r.M20, r.M10 - r.M01);
        if (largest == r.M00) return FromQuaternionWxyz(r.M21 - r.M12, 1 + r.M00 - r.M11 - r.M22, r.M01 + r.M10, r.M02 + r.M20);
        if (largest == r.M11) return FromQuaternionWxyz(r.M02 - r.M20, r.M01 + r.M10, 1 - r.M00 + r.M11 - r.M22, r.M12 + r.M21);
        return FromQuaternionWxyz(r.M10 - r.M01, r.M02 + r.M20, r.M12 + r.M21, 1 - r.M00 - r.M11 + r.M22);
    }

    /// <summary>The rotation matrix.</summary>
    public Matrix3d ToMatrix()
    {
        double xx = X * X, yy = Y * Y, zz = Z * Z, xy = X * Y, xz = X * Z, yz = Y * Z, wx = W * X, wy = W * Y, wz = W * Z;
        return new(
            1 - 2 * (yy + zz), 2 * (xy - wz), 2 * (xz + wy),
            2 * (xy + wz), 1 - 2 * (xx + zz), 2 * (yz - wx),
            2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (xx + yy));
    }

    /// <summary>The inverse rotation.</summary>
    public SO3 Inverse() => new(W, -X, -Y, -Z);

    /// <summary>Composition: <c>R_ac = R_ab · R_bc</c>. The product is renormalised to first order, so long chains stay unit.</summary>
    public static SO3 operator *(SO3 a, SO3 b)
    {
        double w = a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z;
        double x = a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y;
        double y = a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X;
        double z = a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W;
        double k = 1.5 - 0.5 * (w * w + x * x + y * y + z * z);                          // 1/√n ≈ (3 − n)/2 at n ≈ 1
        return new(k * w, k * x, k * y, k * z);
    }

    /// <summary>Rotates a vector: <c>p_a = R_ab · p_b</c>.</summary>
    public static Vector3d operator *(SO3 r, Vector3d p)
    {
        Vector3d v = new(r.X, r.Y, r.Z);
        Vector3d t = 2 * Vector3d.Cross(v, p);
        return p + r.W * t + Vector3d.Cross(v, t);
    }

    /// <summary>Angle of <c>a⁻¹·b</c> in [0, π], radians; accurate at 0 and at π, where arccos of the trace is not.</summary>
    public static double GeodesicDistance(SO3 a, SO3 b)
    {
        SO3 d = a.Inverse() * b;
        return 2 * Math.Atan2(Math.Sqrt(d.X * d.X + d.Y * d.Y + d.Z * d.Z), Math.Abs(d.W));
    }

    /// <summary>Same quaternion, number for number; −q is the same rotation but not equal in this sense.</summary>
    public bool Equals(SO3 other) => W.Equals(other.W) && X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SO3 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(W, X, Y, Z);

    /// <summary>Number-for-number equality of the quaternions.</summary>
    public static bool operator ==(SO3 a, SO3 b) => a.Equals(b);

    /// <summary>Negation of ==.</summary>
    public static bool operator !=(SO3 a, SO3 b) => !a.Equals(b);

    /// <summary>The quaternion, invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(w {W:G9}, x {X:G9}, y {Y:G9}, z {Z:G9})");
}
