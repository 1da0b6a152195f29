namespace GeoAlign.Geometry;

// Exponential map, logarithm, adjoint and Jacobians. Barfoot, "State Estimation for Robotics", §7.1 (exp, log, adjoint) and
// eqs. 7.85 and 7.86 (Jacobians and Q, there with the rotation last as here).
public readonly partial record struct SE3
{
    /// <summary>Exponential map: <c>(Exp ω, J_l(ω)·ρ)</c>.</summary>
    public static SE3 Exp(SE3Tangent xi)
    {
        HalfAngle h = HalfAngle.Of(xi.Omega);
        return new(SO3.FromHalfAngle(h, xi.Omega), Matrix3d.InHat(1, h.B, h.C, xi.Omega, xi.Rho));
    }

    /// <summary>Logarithm: <c>(J_l⁻¹(ω)·t, ω)</c>, ω = Log R of length at most π.</summary>
    public SE3Tangent Log()
    {
        Vector3d omega = Rotation.Log(out HalfAngle h);
        return new(Matrix3d.InHat(1, -0.5, h.D, omega, Translation), omega);
    }

    /// <summary>Writes the 4×4 matrix <c>[[[ω]×, ρ], [0, 0]]</c> of the Lie algebra, row-major; its matrix exponential is the matrix of <see cref="Exp"/>.</summary>
    /// <exception cref="ArgumentException">Room for fewer than 16 numbers.</exception>
    public static void Hat(SE3Tangent tangent, Span<double> rowMajor4x4) => AlgebraMatrix.Write(Matrix3d.Hat(tangent.Omega), tangent.Rho, rowMajor4x4);

    /// <summary>Inverse of <see cref="Hat"/>: takes the skew-symmetric part of the 3×3 block.</summary>
    /// <exception cref="ArgumentException">Not 16 numbers.</exception>
    public static SE3Tangent Vee(ReadOnlySpan<double> rowMajor4x4) => new(AlgebraMatrix.LastColumn(rowMajor4x4), AlgebraMatrix.Block(rowMajor4x4).Vee());

    /// <summary>Adjoint matrix <c>[[R, [t]×R], [0, R]]</c>.</summary>
    public Matrix6d Adjoint()
    {
        Matrix3d r = Rotation.ToMatrix();
        return Matrix6d.FromBlocks(r, Matrix3d.Hat(Translation) * r, Matrix3d.Zero, r);
    }

    /// <summary>Adjoint action: <c>(Rρ + t × Rω, Rω)</c>.</summary>
    public SE3Tangent Adjoint(SE3Tangent tangent)
    {
        Vector3d omega = Rotation * tangent.Omega;
        return new(Rotation * tangent.Rho + Vector3d.Cross(Translation, omega), omega);
    }

    /// <summary>Lie bracket: <c>(ω_a × ρ_b + ρ_a × ω_b, ω_a × ω_b)</c>.</summary>
    public static SE3Tangent Bracket(SE3Tangent a, SE3Tangent b) =>
        new(Vector3d.Cross(a.Omega, b.Rho) + Vector3d.Cross(a.Rho, b.Omega), Vector3d.Cross(a.Omega, b.Omega));

    /// <summary>ad(ξ) = <c>[[[ω]×, [ρ]×], [0, [ω]×]]</c>.</summary>
    public static Matrix6d SmallAdjoint(SE3Tangent tangent)
    {
        Matrix3d omega = Matrix3d.Hat(tangent.Omega);
        return Matrix6d.FromBlocks(omega, Matrix3d.Hat(tangent.Rho), Matrix3d.Zero, omega);
    }

    /// <summary>Left Jacobian <c>[[J_l(ω), Q(ρ, ω)], [0, J_l(ω)]]</c>.</summary>
    public static Matrix6d LeftJacobian(SE3Tangent tangent)
    {
        HalfAngle h = HalfAngle.Of(tangent.Omega);
        Matrix3d j = Matrix3d.InHat(1, h.B, h.C, tangent.Omega);
        return Matrix6d.FromBlocks(j, Q(tangent, h), Matrix3d.Zero, j);
    }

    /// <summary>Right Jacobian <c>J_r(ξ) = J_l(−ξ)</c>.</summary>
    public static Matrix6d RightJacobian(SE3Tangent tangent) => LeftJacobian(-tangent);

    /// <summary>Inverse of the left Jacobian, <c>[[J⁻¹, −J⁻¹QJ⁻¹], [0, J⁻¹]]</c>.</summary>
    /// <remarks>Grows like 1/|θ − 2πk| at rotation angles 2π, 4π, … where no inverse exists.</remarks>
    public static Matrix6d LeftJacobianInverse(SE3Tangent tangent)
    {
        HalfAngle h = HalfAngle.Of(tangent.Omega);
        Matrix3d inverse = Matrix3d.InHat(1, -0.5, h.D, tangent.Omega);
        return Matrix6d.FromBlocks(inverse, -(inverse * Q(tangent, h) * inverse), Matrix3d.Zero, inverse);
    }

    /// <summary>Inverse of the right Jacobian.</summary>
    /// <remarks>As <see cref="LeftJacobianInverse"/>.</remarks>
    public static Matrix6d RightJacobianInverse(SE3Tangent tangent) => LeftJacobianInverse(-tangent);

    /// <summary>The upper right block of the left Jacobian.</summary>
    /// <remarks>
    /// Barfoot's <c>½P + q₁(HP + PH + HPH) + q₂(HHP + PHH − 3HPH) + q₃(HPHH + HHPH)</c>, H = [ω]×, P = [ρ]×, q₁ = C. Written out with
    /// d = ω·ρ: HPH = −d·H, HP + PH = ρωᵀ + ωρᵀ − 2d·I, HHP + PHH = [ω×(ω×ρ)]× − 2d·H. That leaves a skew part
    /// [½ρ + q₂·ω×(ω×ρ) + d(q₂ − q₁)ω]× and a symmetric part q₁(ρωᵀ + ωρᵀ − 2d·I) − 2d·q₃·H². Ours.
    /// </remarks>
    private static Matrix3d Q(SE3Tangent tangent, in HalfAngle h)
    {
        (Vector3d rho, Vector3d omega) = tangent;
        double q1 = h.C, q2 = RotationFunctions.Q2(h.ThetaSquared, h.B), q3 = RotationFunctions.Q3(h.ThetaSquared, h.B, q1);
        double d = Vector3d.Dot(omega, rho);
        Vector3d skew = Matrix3d.InHat(0.5, 0, q2, omega, rho) + d * (q2 - q1) * omega;

        // The symmetric part, element by element: q₁(ρᵢωⱼ + ρⱼωᵢ) + p·ωᵢωⱼ, and on the diagonal −2d·q₁ − p·θ² more, p = −2d·q₃.
        double p = -2 * d * q3;
        double onDiagonal = -2 * d * q1 - p * h.ThetaSquared;
        (double rx, double ry, double rz) = (q1 * rho.X, q1 * rho.Y, q1 * rho.Z);
        (double px, double py, double pz) = (p * omega.X, p * omega.Y, p * omega.Z);
        double xx = (2 * rx + px) * omega.X + onDiagonal, yy = (2 * ry + py) * omega.Y + onDiagonal, zz = (2 * rz + pz) * omega.Z + onDiagonal;
        double xy = rx * omega.Y + ry * omega.X + px * omega.Y;
        double xz = rx * omega.Z + rz * omega.X + px * omega.Z;
        double yz = ry * omega.Z + rz * omega.Y + py * omega.Z;
        return new(
            xx, xy - skew.Z, xz + skew.Y,
            xy + skew.Z, yy, yz - skew.X,
            xz - skew.Y, yz + skew.X, zz);
    }
}
