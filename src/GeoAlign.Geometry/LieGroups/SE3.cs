using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>A rigid motion: rotation, then translation in metres. <c>p_a = R_ab · p_b + t_ab</c>.</summary>
/// <param name="Rotation">R.</param>
/// <param name="Translation">t, metres.</param>
/// <remarks>As a camera pose it is camera-to-world, OpenCV axes, unless the name says otherwise. <c>default(SE3)</c> is not a pose.</remarks>
public readonly partial record struct SE3(SO3 Rotation, Vector3d Translation) : ILieGroup<SE3, SE3Tangent, Matrix6d>
{
    /// <summary>The motion that moves nothing.</summary>
    public static SE3 Identity => new(SO3.Identity, Vector3d.Zero);

    /// <summary>The inverse <c>(Rᵀ, −Rᵀt)</c>; turns camera-to-world into world-to-camera and back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SE3 Inverse()
    {
        SO3 r = Rotation.Inverse();
        return new(r, -(r * Translation));
    }

    /// <summary>Composition: <c>T_ac = T_ab · T_bc</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SE3 operator *(SE3 a, SE3 b) => new(a.Rotation * b.Rotation, a.Rotation * b.Translation + a.Translation);

    /// <summary>Moves a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3d operator *(SE3 t, Vector3d p) => t.Rotation * p + t.Translation;

    /// <summary>From twelve numbers, the row-major 3×4 matrix [R | t], or sixteen, that matrix and the row (0, 0, 0, 1).</summary>
    /// <remarks>The rotation is the one nearest to R: see <see cref="SO3.FromNoisyMatrix"/>.</remarks>
    /// <exception cref="ArgumentException">Wrong count, a last row that is not (0, 0, 0, 1), or R deviates from a rotation by 1e-3 or more.</exception>
    public static SE3 FromRowMajor3x4(ReadOnlySpan<double> values)
    {
        if (values.Length is not (12 or 16))
            throw new ArgumentException($"{values.Length} numbers, expected 12 (3×4) or 16 (4×4), row-major.", nameof(values));
        RequireLastRow(values);
        return new(
            SO3.FromNoisyMatrix(new(values[0], values[1], values[2], values[4], values[5], values[6], values[8], values[9], values[10])),
            new(values[3], values[7], values[11]));
    }

    /// <summary>Refuses a 4×4 matrix whose last row is not (0, 0, 0, 1), to the rounding of a float32 file: it may be column-major.</summary>
    internal static void RequireLastRow(ReadOnlySpan<double> values)
    {
        if (values.Length != 16) return;
        if (Math.Abs(values[12]) < 1e-6 && Math.Abs(values[13]) < 1e-6 && Math.Abs(values[14]) < 1e-6 && Math.Abs(values[15] - 1) < 1e-6) return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The last row is ({values[12]}, {values[13]}, {values[14]}, {values[15]}), expected (0, 0, 0, 1); transpose a column-major matrix first."),
            nameof(values));
    }

    /// <summary>Writes the row-major 3×4 matrix [R | t].</summary>
    public void CopyToRowMajor3x4(Span<double> values)
    {
        if (values.Length < 12) throw new ArgumentException($"Room for {values.Length} numbers, expected 12.", nameof(values));
        Matrix3d r = Rotation.ToMatrix();
        (values[0], values[1], values[2], values[3]) = (r.M00, r.M01, r.M02, Translation.X);
        (values[4], values[5], values[6], values[7]) = (r.M10, r.M11, r.M12, Translation.Y);
        (values[8], values[9], values[10], values[11]) = (r.M20, r.M21, r.M22, Translation.Z);
    }

    /// <summary>The point a fraction <paramref name="t"/> along the screw motion from a to b: <c>a·Exp(t·Log(a⁻¹·b))</c>; t outside [0, 1] extrapolates.</summary>
    /// <remarks>Rotation and translation are one helical motion, so the origin travels on a curve. See <see cref="InterpolateSplit"/>.</remarks>
    public static SE3 InterpolateGeodesic(SE3 a, SE3 b, double t) => Geodesic.Between<SE3, SE3Tangent>(a, b, t);

    /// <summary>Rotation along the shortest arc and translation along the straight line, independently; t outside [0, 1] extrapolates.</summary>
    /// <remarks>The form for camera paths: centres move straight whatever the unit of length. Ours as the default; both curves are in common use.</remarks>
    public static SE3 InterpolateSplit(SE3 a, SE3 b, double t) => Geodesic.Between<SplitPose, SE3Tangent>(new(a), new(b), t).ToSE3();

    /// <summary>Rotation and translation, invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"R {Rotation}, t {Translation} m");
}
