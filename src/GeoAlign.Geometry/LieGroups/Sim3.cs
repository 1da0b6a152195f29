using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>A similarity: scale, rotation, then translation in metres. <c>p_a = s·R_ab·p_b + t_ab</c>.</summary>
/// <param name="Scale">s, positive.</param>
/// <param name="Rotation">R.</param>
/// <param name="Translation">t, metres.</param>
/// <remarks><c>default(Sim3)</c> is not a similarity.</remarks>
public readonly partial record struct Sim3(double Scale, SO3 Rotation, Vector3d Translation) : ILieGroup<Sim3, Sim3Tangent, Matrix7d>
{
    /// <summary>The rigid motion as a similarity of scale 1.</summary>
    public Sim3(SE3 pose) : this(1, pose.Rotation, pose.Translation)
    {
    }

    /// <summary>The similarity that moves nothing.</summary>
    public static Sim3 Identity => new(1, SO3.Identity, Vector3d.Zero);

    /// <summary>The inverse <c>(1/s, Rᵀ, −Rᵀt/s)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Sim3 Inverse()
    {
        SO3 r = Rotation.Inverse();
        return new(1 / Scale, r, r * Translation / -Scale);
    }

    /// <summary>Composition: <c>S_ac = S_ab · S_bc</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sim3 operator *(Sim3 a, Sim3 b) => new(a.Scale * b.Scale, a.Rotation * b.Rotation, a * b.Translation);

    /// <summary>Moves a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3d operator *(Sim3 s, Vector3d p) => s.Scale * (s.Rotation * p) + s.Translation;

    /// <summary>From twelve numbers, the row-major 3×4 matrix [sR | t], or sixteen, that matrix and the row (0, 0, 0, 1).</summary>
    /// <remarks><c>s = ∛det(sR)</c>; the rotation is the one nearest to the rest.</remarks>
    /// <exception cref="ArgumentException">Wrong count, a last row that is not (0, 0, 0, 1), or the 3×3 part is not a positive multiple of a rotation.</exception>
    public static Sim3 FromRowMajor3x4(ReadOnlySpan<double> values)
    {
        if (values.Length is not (12 or 16))
            throw new ArgumentException($"{values.Length} numbers, expected 12 (3×4) or 16 (4×4), row-major.", nameof(values));
        SE3.RequireLastRow(values);
        Matrix3d linear = new(values[0], values[1], values[2], values[4], values[5], values[6], values[8], values[9], values[10]);
        double scale = Math.Cbrt(linear.Determinant);
        if (!(scale > 0 && double.IsFinite(scale)))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Not a similarity: determinant {linear.Determinant:G3}, expected a positive number."), nameof(values));
        return new(scale, SO3.FromNoisyMatrix(1 / scale * linear), new(values[3], values[7], values[11]));
    }

    /// <summary>Writes the row-major 3×4 matrix [sR | t].</summary>
    public void CopyToRowMajor3x4(Span<double> values)
    {
        if (values.Length < 12) throw new ArgumentException($"Room for {values.Length} numbers, expected 12.", nameof(values));
        Matrix3d r = Scale * Rotation.ToMatrix();
        (values[0], values[1], values[2], values[3]) = (r.M00, r.M01, r.M02, Translation.X);
        (values[4], values[5], values[6], values[7]) = (r.M10, r.M11, r.M12, Translation.Y);
        (values[8], values[9], values[10], values[11]) = (r.M20, r.M21, r.M22, Translation.Z);
    }

    /// <summary>The point a fraction <paramref name="t"/> along <c>a·Exp(t·Log(a⁻¹·b))</c>; the scale changes geometrically.</summary>
    public static Sim3 InterpolateGeodesic(Sim3 a, Sim3 b, double t) => Geodesic.Between<Sim3, Sim3Tangent>(a, b, t);

    /// <summary>Scale, rotation and translation, invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"s {Scale:G9}, R {Rotation}, t {Translation} m");
}
