using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

// Exponential map, logarithm and their Jacobians. Solà, Deray, Atchuthan 2018, example 4 and appendix B; Barfoot,
// "State Estimation for Robotics", §7.1. The stable forms of the scalar functions are ours: see RotationFunctions.
public readonly partial struct SO3
{
    /// <summary>s/w below which <see cref="Log()"/> takes its series: five terms leave 2·r¹⁰/11 &lt; 2e-31 there, at no call of atan2.</summary>
    private const double SmallTangent = 1e-3;

    /// <summary>Exponential map: rotation vector (axis · angle, radians) to rotation.</summary>
    /// <remarks>
    /// <c>q = (cos θ/2, ½·(sin(θ/2)/(θ/2))·ω)</c>, θ = |ω|. The double cover is kept: w &lt; 0 for θ in (π, 3π).
    /// A rotation vector that is not finite gives a quaternion of NaN.
    /// </remarks>
    public static SO3 Exp(Vector3d omega)
    {
        HalfAngle h = HalfAngle.Of(omega);
        return FromHalfAngle(h, omega);
    }

    /// <summary>Logarithm: the rotation vector of length at most π (radians).</summary>
    /// <remarks>
    /// With w ≥ 0 and s = |v|: <c>(2·atan2(s, w)/s)·v</c>, or its series in r = s/w for r &lt; 1e-3. There is no difficulty at π,
    /// where w is small and harmless; at exactly π either sign of the axis is a valid answer.
    /// </remarks>
    public Vector3d Log()
    {
        double sign = W < 0 ? -1 : 1;
        double w = sign * W, x = sign * X, y = sign * Y, z = sign * Z;
        double s = Math.Sqrt(x * x + y * y + z * z);
        double factor = LogFactor(s, w);
        return new(factor * x, factor * y, factor * z);
    }

    /// <summary>2·atan2(s, w)/s for w ≥ 0: what turns the imaginary part into the rotation vector.</summary>
    private static double LogFactor(double s, double w)
    {
        if (!(s < SmallTangent * w)) return 2 * Math.Atan2(s, w) / s;
        double r = s / w;
        double r2 = r * r;
        return 2 / w * (1 - r2 * (1.0 / 3 - r2 * (1.0 / 5 - r2 * (1.0 / 7 - r2 / 9))));
    }

    /// <summary>Left Jacobian <c>J_l = I + B[ω]× + C[ω]×²</c>: <c>Exp(ω + δ) ≈ Exp(J_l·δ)·Exp(ω)</c>.</summary>
    public static Matrix3d LeftJacobian(Vector3d omega)
    {
        HalfAngle h = HalfAngle.Of(omega);
        return Matrix3d.InHat(1, h.B, h.C, omega);
    }

    /// <summary>Right Jacobian <c>J_r(ω) = J_l(−ω)</c>: <c>Exp(ω + δ) ≈ Exp(ω)·Exp(J_r·δ)</c>.</summary>
    public static Matrix3d RightJacobian(Vector3d omega) => LeftJacobian(-omega);

    /// <summary>Inverse of the left Jacobian, <c>I − ½[ω]× + D[ω]×²</c>.</summary>
    /// <remarks>Grows like 1/|θ − 2πk| at 2π, 4π, …, and so does its error; at 2πk itself there is no inverse and the result is not finite or meaningless.</remarks>
    public static Matrix3d LeftJacobianInverse(Vector3d omega) => Matrix3d.InHat(1, -0.5, HalfAngle.Of(omega).D, omega);

    /// <summary>Inverse of the right Jacobian, <c>I + ½[ω]× + D[ω]×²</c>.</summary>
    /// <remarks>As <see cref="LeftJacobianInverse"/>.</remarks>
    public static Matrix3d RightJacobianInverse(Vector3d omega) => LeftJacobianInverse(-omega);

    /// <summary>The matrix <c>[ω]×</c> of the Lie algebra, <c>[ω]×·p = ω × p</c>.</summary>
    public static Matrix3d Hat(Vector3d omega) => Matrix3d.Hat(omega);

    /// <summary>Inverse of <see cref="Hat"/>: the rotation vector of the skew-symmetric part of a matrix.</summary>
    public static Vector3d Vee(Matrix3d matrix) => matrix.Vee();

    /// <summary>Lie bracket: <c>a × b</c>.</summary>
    public static Vector3d Bracket(Vector3d a, Vector3d b) => Vector3d.Cross(a, b);

    /// <summary>ad(ω) = [ω]×.</summary>
    public static Matrix3d SmallAdjoint(Vector3d tangent) => Matrix3d.Hat(tangent);

    /// <summary>Adjoint: the rotation matrix itself, <c>[Rω]× = R[ω]×Rᵀ</c>.</summary>
    public Matrix3d Adjoint() => ToMatrix();

    /// <summary>Adjoint action: the rotated vector.</summary>
    public Vector3d Adjoint(Vector3d tangent) => this * tangent;

    /// <summary>The rotation of a half angle whose sine and cosine are known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SO3 FromHalfAngle(in HalfAngle h, Vector3d omega)
    {
        double k = 0.5 * h.Sinc;
        return new(h.Cos, k * omega.X, k * omega.Y, k * omega.Z);
    }

    /// <summary>Logarithm together with the half angle, which the logarithms of the larger groups need too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector3d Log(out HalfAngle h)
    {
        double sign = W < 0 ? -1 : 1;
        double w = sign * W, x = sign * X, y = sign * Y, z = sign * Z;
        double s = Math.Sqrt(x * x + y * y + z * z);
        double factor = LogFactor(s, w);
        h = HalfAngle.Of(0.5 * factor * s, s, w);
        return new(factor * x, factor * y, factor * z);
    }
}
