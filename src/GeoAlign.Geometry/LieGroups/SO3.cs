using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>A rotation in 3D: an element of SO(3), stored as a unit quaternion (w, x, y, z), Hamilton convention.</summary>
/// <remarks>
/// Column vectors: <c>p_a = R_ab · p_b</c>, products read right to left. q and −q are the same rotation.
/// <c>default(SO3)</c> is the zero quaternion and not a rotation; start from <see cref="Identity"/>.
/// </remarks>
public readonly partial struct SO3 : ILieGroup<SO3, Vector3d, Matrix3d>, IEquatable<SO3>
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

    /// <summary>From a quaternion (w, x, y, z) of any length but zero; it is normalised.</summary>
    /// <exception cref="ArgumentException">The quaternion is zero or not finite.</exception>
    public static SO3 FromQuaternionWxyz(double w, double x, double y, double z)
    {
        double largest = Math.Max(Math.Max(Math.Abs(w), Math.Abs(x)), Math.Max(Math.Abs(y), Math.Abs(z)));
        if (!(largest > 0 && double.IsFinite(largest)))                                 // Math.Max hands NaN on
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Quaternion ({w}, {x}, {y}, {z}) has no direction; expected finite numbers that are not all zero."));

        // By a power of two, which rounds nothing: squares neither overflow nor vanish.
        int exponent = -Math.ILogB(largest);
        w = Math.ScaleB(w, exponent);
        x = Math.ScaleB(x, exponent);
        y = Math.ScaleB(y, exponent);
        z = Math.ScaleB(z, exponent);
        return Normalised(w, x, y, z);
    }

    /// <summary>From a quaternion stored as (x, y, z, w) of any length but zero; it is normalised.</summary>
    /// <exception cref="ArgumentException">The quaternion is zero or not finite.</exception>
    public static SO3 FromQuaternionXyzw(double x, double y, double z, double w) => FromQuaternionWxyz(w, x, y, z);

    /// <summary>The same rotation with the canonical sign: w &gt; 0, or w = 0 and the first of x, y, z that is not 0 is positive.</summary>
    public SO3 Canonical()
    {
        double deciding = W != 0 ? W : X != 0 ? X : Y != 0 ? Y : Z;
        return deciding < 0 ? new(-W, -X, -Y, -Z) : this;
    }

    /// <summary>The inverse rotation.</summary>
    public SO3 Inverse() => new(W, -X, -Y, -Z);

    /// <summary>Composition: <c>R_ac = R_ab · R_bc</c>. The product is renormalised to first order, so long chains stay unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3d operator *(SO3 r, Vector3d p)
    {
        // p + w·t + v × t with t = 2·v × p, in plain numbers: the compiler keeps these in registers.
        double tx = 2 * (r.Y * p.Z - r.Z * p.Y), ty = 2 * (r.Z * p.X - r.X * p.Z), tz = 2 * (r.X * p.Y - r.Y * p.X);
        return new(
            p.X + r.W * tx + (r.Y * tz - r.Z * ty),
            p.Y + r.W * ty + (r.Z * tx - r.X * tz),
            p.Z + r.W * tz + (r.X * ty - r.Y * tx));
    }

    /// <summary>Angle of <c>a⁻¹·b</c> in [0, π], radians; accurate at 0 and at π, where arccos of the trace is not.</summary>
    public static double GeodesicDistance(SO3 a, SO3 b)
    {
        SO3 d = a.Inverse() * b;
        return 2 * Math.Atan2(Math.Sqrt(d.X * d.X + d.Y * d.Y + d.Z * d.Z), Math.Abs(d.W));
    }

    /// <summary>The point a fraction <paramref name="t"/> along the shortest arc from a to b: <c>a·Exp(t·Log(a⁻¹·b))</c>; t outside [0, 1] extrapolates.</summary>
    /// <remarks>Spherical linear interpolation. Between opposite rotations (exactly π apart) one of the two arcs is taken.</remarks>
    public static SO3 Interpolate(SO3 a, SO3 b, double t) => Geodesic.Between<SO3, Vector3d>(a, b, t);

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

    /// <summary>Divides by the length, which must be far from overflow and underflow.</summary>
    private static SO3 Normalised(double w, double x, double y, double z)
    {
        double n = Math.Sqrt(w * w + x * x + y * y + z * z);
        return new(w / n, x / n, y / n, z / n);
    }
}
