using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

// Exponential map, logarithm, adjoint and Jacobians. Strasdat, "Local Accuracy and Global Consistency for Efficient Visual SLAM",
// 2012, appendix B; the stable evaluation, the inverse of W in closed form and the Jacobians are ours.
public readonly partial record struct Sim3
{
    /// <summary>Largest |σ| and θ at which the Jacobian's power series starts; it converges like 1/k! there.</summary>
    private const double JacobianSeriesSize = 0.5;

    /// <summary>Powers of ad ζ that are summed; with |σ| + θ ≤ 1 the first one dropped is below 20/21! = 4e-19 of ρ.</summary>
    private const int JacobianSeriesTerms = 20;

    /// <summary>Exponential map: <c>(e^σ, Exp ω, W·ρ)</c>, <c>W = ∫₀¹ exp(s(σI + [ω]×)) ds</c>.</summary>
    public static Sim3 Exp(Sim3Tangent zeta)
    {
        HalfAngle h = HalfAngle.Of(zeta.Omega);
        SO3 rotation = SO3.FromHalfAngle(h, zeta.Omega);
        double scale = Math.Exp(zeta.Sigma);
        if (zeta.Sigma < SimilarityFunctions.LeastSigma)
        {
            // W(σ, ω) = e^σ·Exp(ω)·W(−σ, −ω)
            Vector3d translation = InHat(SimilarityFunctions.Of(-zeta.Sigma, h), -zeta.Omega, zeta.Rho);
            return new(scale, rotation, scale * (rotation * translation));
        }

        return new(scale, rotation, InHat(SimilarityFunctions.Of(zeta.Sigma, h), zeta.Omega, zeta.Rho));
    }

    /// <summary>Logarithm: <c>(W⁻¹·t, Log R, log s)</c>.</summary>
    /// <remarks>The scale is stored as s, so a σ near 0 comes back with the absolute error of s, 1.1e-16.</remarks>
    public Sim3Tangent Log()
    {
        Vector3d omega = Rotation.Log(out HalfAngle h);
        double sigma = Math.Log(Scale);
        Vector3d rho = sigma < SimilarityFunctions.LeastSigma
            ? InHat(InverseOf(SimilarityFunctions.Of(-sigma, h), h.ThetaSquared), -omega, Rotation.Inverse() * Translation / Scale)
            : InHat(InverseOf(SimilarityFunctions.Of(sigma, h), h.ThetaSquared), omega, Translation);
        return new(rho, omega, sigma);
    }

    /// <summary>Writes the 4×4 matrix <c>[[[ω]× + σI, ρ], [0, 0]]</c> of the Lie algebra, row-major; its matrix exponential is the matrix of <see cref="Exp"/>.</summary>
    /// <exception cref="ArgumentException">Room for fewer than 16 numbers.</exception>
    public static void Hat(Sim3Tangent tangent, Span<double> rowMajor4x4) =>
        AlgebraMatrix.Write(Matrix3d.InHat(tangent.Sigma, 1, 0, tangent.Omega), tangent.Rho, rowMajor4x4);

    /// <summary>Inverse of <see cref="Hat"/>: takes the skew-symmetric part and a third of the trace of the 3×3 block.</summary>
    /// <exception cref="ArgumentException">Not 16 numbers.</exception>
    public static Sim3Tangent Vee(ReadOnlySpan<double> rowMajor4x4)
    {
        Matrix3d block = AlgebraMatrix.Block(rowMajor4x4);
        return new(AlgebraMatrix.LastColumn(rowMajor4x4), block.Vee(), block.Trace / 3);
    }

    /// <summary>Adjoint matrix <c>[[sR, [t]×R, −t], [0, R, 0], [0, 0, 1]]</c>.</summary>
    public Matrix7d Adjoint()
    {
        Matrix3d r = Rotation.ToMatrix();
        return Matrix7d.FromBlocks(Scale * r, Matrix3d.Hat(Translation) * r, -Translation, r, 1);
    }

    /// <summary>Adjoint action: <c>(sRρ + t × Rω − σt, Rω, σ)</c>.</summary>
    public Sim3Tangent Adjoint(Sim3Tangent tangent)
    {
        Vector3d omega = Rotation * tangent.Omega;
        return new(
            Scale * (Rotation * tangent.Rho) + Vector3d.Cross(Translation, omega) - tangent.Sigma * Translation,
            omega,
            tangent.Sigma);
    }

    /// <summary>Lie bracket: <c>(ω_a × ρ_b + σ_a·ρ_b + ρ_a × ω_b − σ_b·ρ_a, ω_a × ω_b, 0)</c>.</summary>
    public static Sim3Tangent Bracket(Sim3Tangent a, Sim3Tangent b) => new(
        Vector3d.Cross(a.Omega, b.Rho) + a.Sigma * b.Rho + Vector3d.Cross(a.Rho, b.Omega) - b.Sigma * a.Rho,
        Vector3d.Cross(a.Omega, b.Omega),
        0);

    /// <summary>ad(ζ) = <c>[[[ω]× + σI, [ρ]×, −ρ], [0, [ω]×, 0], [0, 0, 0]]</c>.</summary>
    public static Matrix7d SmallAdjoint(Sim3Tangent tangent) => Matrix7d.FromBlocks(
        Matrix3d.InHat(tangent.Sigma, 1, 0, tangent.Omega), Matrix3d.Hat(tangent.Rho), -tangent.Rho, Matrix3d.Hat(tangent.Omega), 0);

    /// <summary>Left Jacobian <c>∫₀¹ exp(s·ad ζ) ds = [[W, Q, q], [0, J_l(ω), 0], [0, 0, 1]]</c>.</summary>
    public static Matrix7d LeftJacobian(Sim3Tangent tangent)
    {
        HalfAngle h = HalfAngle.Of(tangent.Omega);
        (Matrix3d mixed, Vector3d scaling) = JacobianColumns(tangent);
        return Matrix7d.FromBlocks(W(tangent, h), mixed, scaling, Matrix3d.InHat(1, h.B, h.C, tangent.Omega), 1);
    }

    /// <summary>Right Jacobian <c>J_r(ζ) = J_l(−ζ)</c>.</summary>
    public static Matrix7d RightJacobian(Sim3Tangent tangent) => LeftJacobian(-tangent);

    /// <summary>Inverse of the left Jacobian, <c>[[W⁻¹, −W⁻¹QJ⁻¹, −W⁻¹q], [0, J⁻¹, 0], [0, 0, 1]]</c>.</summary>
    /// <remarks>Grows like 1/|θ − 2πk| at rotation angles 2π, 4π, … where no inverse exists.</remarks>
    public static Matrix7d LeftJacobianInverse(Sim3Tangent tangent)
    {
        HalfAngle h = HalfAngle.Of(tangent.Omega);
        (Matrix3d mixed, Vector3d scaling) = JacobianColumns(tangent);
        Matrix3d wInverse = WInverse(tangent, h), jInverse = Matrix3d.InHat(1, -0.5, h.D, tangent.Omega);
        return Matrix7d.FromBlocks(wInverse, -(wInverse * mixed * jInverse), -(wInverse * scaling), jInverse, 1);
    }

    /// <summary>Inverse of the right Jacobian.</summary>
    /// <remarks>As <see cref="LeftJacobianInverse"/>.</remarks>
    public static Matrix7d RightJacobianInverse(Sim3Tangent tangent) => LeftJacobianInverse(-tangent);

    private static Matrix3d W(Sim3Tangent tangent, in HalfAngle h)
    {
        bool inverted = tangent.Sigma < SimilarityFunctions.LeastSigma;
        (double a, double b, double c) = SimilarityFunctions.Of(inverted ? -tangent.Sigma : tangent.Sigma, h);
        return inverted
            ? Math.Exp(tangent.Sigma) * (SO3.FromHalfAngle(h, tangent.Omega).ToMatrix() * Matrix3d.InHat(a, b, c, -tangent.Omega))
            : Matrix3d.InHat(a, b, c, tangent.Omega);
    }

    private static Matrix3d WInverse(Sim3Tangent tangent, in HalfAngle h)
    {
        bool inverted = tangent.Sigma < SimilarityFunctions.LeastSigma;
        (double a, double b, double c) = InverseOf(SimilarityFunctions.Of(inverted ? -tangent.Sigma : tangent.Sigma, h), h.ThetaSquared);
        return inverted
            ? Math.Exp(-tangent.Sigma) * (Matrix3d.InHat(a, b, c, -tangent.Omega) * SO3.FromHalfAngle(h, tangent.Omega).Inverse().ToMatrix())
            : Matrix3d.InHat(a, b, c, tangent.Omega);
    }

    /// <summary>(aI + b[ω]× + c[ω]×²)·v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector3d InHat(SimilarityFunctions f, Vector3d omega, Vector3d v)
    {
        return Matrix3d.InHat(f.A, f.B, f.C, omega, v);
    }

    /// <summary>The coefficients of W⁻¹.</summary>
    /// <remarks>
    /// Along ω, W multiplies by a; across it by the complex number (a − cθ²) + ibθ, of squared modulus m. Inverting both and solving for the
    /// coefficients leaves a' = 1/a, b' = −b/m, c' = (b² − ac + c²θ²)/(a·m): no division by θ. m is 0 only at σ = 0, θ = 2πk. Ours.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SimilarityFunctions InverseOf(SimilarityFunctions f, double thetaSquared)
    {
        (double a, double b, double c) = f;
        double real = a - c * thetaSquared;
        double m = real * real + b * b * thetaSquared;
        return new(1 / a, -b / m, (b * b - a * c + c * c * thetaSquared) / (a * m));
    }

    /// <summary>The blocks (ρ, ω) and (ρ, σ) of the left Jacobian φ(ad ζ), φ(z) = (e^z − 1)/z.</summary>
    /// <remarks>
    /// Halves ζ until the power series of φ converges at once, then doubles back by φ(2z) = ½(1 + e^z)·φ(z), e^(ad ζ) being the
    /// adjoint matrix of Exp ζ. Neither step divides by σ or θ, so there is no case to tell apart. Ours.
    /// </remarks>
    private static (Matrix3d Mixed, Vector3d Scaling) JacobianColumns(Sim3Tangent zeta)
    {
        double size = Math.Max(Math.Abs(zeta.Sigma), zeta.Omega.Length);
        int halvings = size > JacobianSeriesSize && double.IsFinite(size) ? (int)Math.Ceiling(Math.Log2(size / JacobianSeriesSize)) : 0;
        Sim3Tangent z = zeta * Math.ScaleB(1, -halvings);

        (Matrix3d mixed, Vector3d scaling) = JacobianSeries(z);
        for (; halvings > 0; halvings--)
        {
            Sim3 e = Exp(z);
            Matrix3d r = e.Rotation.ToMatrix(), sr = e.Scale * r;
            mixed = 0.5 * (mixed + sr * mixed + Matrix3d.Hat(e.Translation) * (r * SO3.LeftJacobian(z.Omega)));
            scaling = 0.5 * (scaling + sr * scaling - e.Translation);
            z *= 2;
        }

        return (mixed, scaling);
    }

    /// <summary>Σ (ad ζ)^k/(k+1)!, those two blocks. With M = σI + [ω]×: block (ρ, ω) of (ad ζ)^(k+1) is M·X_k + [ρ]×[ω]×^k, block (ρ, σ) is −M^k·ρ.</summary>
    private static (Matrix3d Mixed, Vector3d Scaling) JacobianSeries(Sim3Tangent zeta)
    {
        Matrix3d m = Matrix3d.InHat(zeta.Sigma, 1, 0, zeta.Omega), hat = Matrix3d.Hat(zeta.Omega);
        Matrix3d x = Matrix3d.Hat(zeta.Rho), rhoTimesHatPower = x, mixed = 0.5 * x;
        Vector3d y = -zeta.Rho, scaling = 0.5 * y;
        double factor = 0.5;
        for (int k = 2; k < JacobianSeriesTerms; k++)
        {
            factor /= k + 1;
            rhoTimesHatPower *= hat;
            x = m * x + rhoTimesHatPower;
            y = m * y;
            mixed += factor * x;
            scaling += factor * y;
        }

        return (mixed, scaling);
    }
}
