namespace GeoAlign.Geometry;

/// <summary>Rotation and translation side by side: the product group SO(3) × R³, in which the two do not influence each other.</summary>
/// <param name="Rotation">R.</param>
/// <param name="Translation">t, metres.</param>
/// <remarks>
/// Holds the same numbers as <see cref="SE3"/> but does not move points. Curves in this group turn the camera along geodesics of SO(3)
/// while its centre follows the same curve it would without turning; its tangents are (velocity of the centre in the fixed frame, ω).
/// </remarks>
public readonly record struct SplitPose(SO3 Rotation, Vector3d Translation) : ILieGroup<SplitPose, SE3Tangent, Matrix6d>
{
    /// <summary>The two parts of a pose.</summary>
    public SplitPose(SE3 pose) : this(pose.Rotation, pose.Translation)
    {
    }

    /// <summary>The neutral element.</summary>
    public static SplitPose Identity => new(SO3.Identity, Vector3d.Zero);

    /// <summary>Exponential map: <c>(Exp ω, ρ)</c>.</summary>
    public static SplitPose Exp(SE3Tangent tangent) => new(SO3.Exp(tangent.Omega), tangent.Rho);

    /// <summary>Logarithm: <c>(t, Log R)</c>.</summary>
    public SE3Tangent Log() => new(Translation, Rotation.Log());

    /// <summary>The inverse: <c>(Rᵀ, −t)</c>.</summary>
    public SplitPose Inverse() => new(Rotation.Inverse(), -Translation);

    /// <summary>Composition of each part on its own.</summary>
    public static SplitPose operator *(SplitPose a, SplitPose b) => new(a.Rotation * b.Rotation, a.Translation + b.Translation);

    /// <summary>Lie bracket: <c>(0, ω_a × ω_b)</c>.</summary>
    public static SE3Tangent Bracket(SE3Tangent a, SE3Tangent b) => new(Vector3d.Zero, Vector3d.Cross(a.Omega, b.Omega));

    /// <summary>Adjoint action: <c>(ρ, Rω)</c>.</summary>
    public SE3Tangent Adjoint(SE3Tangent tangent) => new(tangent.Rho, Rotation * tangent.Omega);

    /// <summary>Adjoint matrix <c>diag(I, R)</c>.</summary>
    public Matrix6d Adjoint() => Diagonal(Matrix3d.Identity, Rotation.ToMatrix());

    /// <summary>ad(ξ) = <c>diag(0, [ω]×)</c>.</summary>
    public static Matrix6d SmallAdjoint(SE3Tangent tangent) => Diagonal(Matrix3d.Zero, Matrix3d.Hat(tangent.Omega));

    /// <summary>Left Jacobian <c>diag(I, J_l(ω))</c>.</summary>
    public static Matrix6d LeftJacobian(SE3Tangent tangent) => Diagonal(Matrix3d.Identity, SO3.LeftJacobian(tangent.Omega));

    /// <summary>Right Jacobian <c>diag(I, J_r(ω))</c>.</summary>
    public static Matrix6d RightJacobian(SE3Tangent tangent) => LeftJacobian(-tangent);

    /// <summary>Inverse of the left Jacobian; see <see cref="SO3.LeftJacobianInverse"/> for its limits.</summary>
    public static Matrix6d LeftJacobianInverse(SE3Tangent tangent) => Diagonal(Matrix3d.Identity, SO3.LeftJacobianInverse(tangent.Omega));

    /// <summary>Inverse of the right Jacobian.</summary>
    public static Matrix6d RightJacobianInverse(SE3Tangent tangent) => LeftJacobianInverse(-tangent);

    /// <summary>The rigid motion of the same rotation and translation.</summary>
    public SE3 ToSE3() => new(Rotation, Translation);

    private static Matrix6d Diagonal(Matrix3d translation, Matrix3d rotation) => Matrix6d.FromBlocks(translation, Matrix3d.Zero, Matrix3d.Zero, rotation);
}
