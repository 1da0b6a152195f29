using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>The rotation nearest to a matrix M (least squares over the elements), with the singular values that say how well it is determined.</summary>
/// <param name="Rotation"><c>R = U·diag(1, 1, det(UVᵀ))·Vᵀ</c> of the singular value decomposition M = U·diag(σ)·Vᵀ; maximises tr(RᵀM) = σ₁ + σ₂ + σ₃.</param>
/// <param name="Sigma1">σ₁, the largest singular value.</param>
/// <param name="Sigma2">σ₂.</param>
/// <param name="Sigma3">σ₃ with the sign of det M. Each value is exact to a few 1e-16·σ₁.</param>
/// <remarks>
/// tr(RᵀM) = qᵀKq over unit quaternions q, K Davenport's symmetric 4×4 matrix of M, so R is K's dominant eigenvector: Horn, "Closed-form
/// solution of absolute orientation using unit quaternions", 1987, §4. K's eigenvalues are σ₁+σ₂+σ₃, σ₁−σ₂−σ₃, −σ₁+σ₂−σ₃, −σ₁−σ₂+σ₃.
/// </remarks>
public readonly record struct NearestRotation(SO3 Rotation, double Sigma1, double Sigma2, double Sigma3)
{
    /// <summary>(σ₂ + σ₃)/σ₁ below which the eigenproblem's own rounding (about 10·2⁻⁵³) decides which rotation comes out.</summary>
    private const double AmbiguousMargin = 1e-14;

    /// <summary>
    /// (σ₂ + σ₃)/σ₁, at most 2; 0 where that is within rounding of 0: then other rotations are equally near and this is one of them.
    /// An error e·σ₁ in the matrix turns the rotation by about e/margin radians.
    /// </summary>
    public double Margin => Sigma2 + Sigma3 > AmbiguousMargin * Sigma1 ? (Sigma2 + Sigma3) / Sigma1 : 0;

    /// <summary>Solves for any finite matrix, also of low rank or negative determinant.</summary>
    /// <exception cref="ArgumentException">The matrix is not finite.</exception>
    public static NearestRotation To(Matrix3d matrix)
    {
        double largest = matrix.LargestMagnitude();
        if (!double.IsFinite(largest))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The matrix holds {largest}; expected finite numbers."), nameof(matrix));
        if (largest == 0) return new(SO3.Identity, 0, 0, 0);

        int exponent = Math.ILogB(largest);                                             // a power of two rounds nothing
        Span<double> davenport = stackalloc double[16];
        Span<double> values = stackalloc double[4];
        Span<double> q = stackalloc double[4];
        WriteDavenportMatrix(matrix.ScaledByPowerOfTwo(-exponent), davenport);
        SymmetricEigen4.Solve(davenport, values, q);
        return new(
            SO3.FromQuaternionWxyz(q[0], q[1], q[2], q[3]),
            Math.ScaleB(0.5 * (values[0] + values[1]), exponent),
            Math.ScaleB(0.5 * (values[0] + values[2]), exponent),
            Math.ScaleB(0.5 * (values[0] + values[3]), exponent));
    }

    /// <summary>K with qᵀKq = tr(R(q)ᵀM), q = (w, x, y, z).</summary>
    private static void WriteDavenportMatrix(in Matrix3d m, Span<double> k)
    {
        k[0] = m.M00 + m.M11 + m.M22;
        k[5] = m.M00 - m.M11 - m.M22;
        k[10] = m.M11 - m.M00 - m.M22;
        k[15] = m.M22 - m.M00 - m.M11;
        k[1] = k[4] = m.M21 - m.M12;
        k[2] = k[8] = m.M02 - m.M20;
        k[3] = k[12] = m.M10 - m.M01;
        k[6] = k[9] = m.M01 + m.M10;
        k[7] = k[13] = m.M02 + m.M20;
        k[11] = k[14] = m.M12 + m.M21;
    }
}
