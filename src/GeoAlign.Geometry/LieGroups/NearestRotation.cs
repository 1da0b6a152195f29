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

    /// <summary>Gap of K's two largest eigenvalues, beside the largest, above which one Newton step brings the eigenvector to full accuracy.</summary>
    private const double PolishedGap = 1e-7;

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
        Matrix3d scaled = matrix.ScaledByPowerOfTwo(-exponent);
        WriteDavenportMatrix(scaled, davenport);
        SymmetricEigen4.Solve(davenport, values, q);
        if (values[0] - values[1] > PolishedGap * values[0]) Polish(scaled, q);
        return new(
            SO3.FromQuaternionWxyz(q[0], q[1], q[2], q[3]),
            Math.ScaleB(0.5 * (values[0] + values[1]), exponent),
            Math.ScaleB(0.5 * (values[0] + values[2]), exponent),
            Math.ScaleB(0.5 * (values[0] + values[3]), exponent));
    }

    /// <summary>One Newton step for the maximum of qᵀKq on the unit sphere, its gradient in twice the working precision.</summary>
    /// <remarks>
    /// The eigenvector comes with an error of some 10·2⁻⁵³ over the gap. In the tangents q∘i, q∘j, q∘k at q the gradient is
    /// (q∘eᵢ)ᵀKq and the negative Hessian λδᵢⱼ − (q∘eᵢ)ᵀK(q∘eⱼ). Only the gradient cancels, so only it needs the digits. Ours.
    /// </remarks>
    private static void Polish(in Matrix3d m, Span<double> q)
    {
        (double w, double x, double y, double z) = (q[0], q[1], q[2], q[3]);
        DoubleDouble kw = DoubleDouble.Sum(m.M00, m.M11) + new DoubleDouble(m.M22, 0);
        DoubleDouble kx = DoubleDouble.Sum(m.M00, -m.M11) + new DoubleDouble(-m.M22, 0);
        DoubleDouble ky = DoubleDouble.Sum(m.M11, -m.M00) + new DoubleDouble(-m.M22, 0);
        DoubleDouble kz = DoubleDouble.Sum(m.M22, -m.M00) + new DoubleDouble(-m.M11, 0);
        DoubleDouble wx = DoubleDouble.Sum(m.M21, -m.M12), wy = DoubleDouble.Sum(m.M02, -m.M20), wz = DoubleDouble.Sum(m.M10, -m.M01);
        DoubleDouble xy = DoubleDouble.Sum(m.M01, m.M10), xz = DoubleDouble.Sum(m.M02, m.M20), yz = DoubleDouble.Sum(m.M12, m.M21);

        DoubleDouble rw = kw * w + wx * x + wy * y + wz * z;                            // r = Kq
        DoubleDouble rx = wx * w + kx * x + xy * y + xz * z;
        DoubleDouble ry = wy * w + xy * x + ky * y + yz * z;
        DoubleDouble rz = wz * w + xz * x + yz * y + kz * z;
        double lambda = rw.High * w + rx.High * x + ry.High * y + rz.High * z;
        Vector3d gradient = new(
            (rw * -x + rx * w + ry * z + rz * -y).Rounded,
            (rw * -y + rx * -z + ry * w + rz * x).Rounded,
            (rw * -z + rx * y + ry * -x + rz * w).Rounded);

        // (q∘eᵢ)ᵀK(q∘eⱼ) belongs to the symmetric part A of RᵀM: it is 2A − tr A off q itself, and λ = tr A. So the Hessian is 2(tr A·I − A).
        SO3 rotation = SO3.FromQuaternionWxyz(w, x, y, z);
        Matrix3d a = rotation.Inverse().ToMatrix() * m;
        double axy = 0.5 * (a.M01 + a.M10), axz = 0.5 * (a.M02 + a.M20), ayz = 0.5 * (a.M12 + a.M21);
        Matrix3d hessian = 2 * new Matrix3d(
            lambda - a.M00, -axy, -axz,
            -axy, lambda - a.M11, -ayz,
            -axz, -ayz, lambda - a.M22);
        Vector3d cx = Vector3d.Cross(hessian.Column(1), hessian.Column(2)), cy = Vector3d.Cross(hessian.Column(2), hessian.Column(0)), cz = Vector3d.Cross(hessian.Column(0), hessian.Column(1));
        Vector3d step = new Vector3d(Vector3d.Dot(cx, gradient), Vector3d.Dot(cy, gradient), Vector3d.Dot(cz, gradient)) / Vector3d.Dot(cx, hessian.Column(0));

        q[0] = w - step.X * x - step.Y * y - step.Z * z;
        q[1] = x + step.X * w - step.Y * z + step.Z * y;
        q[2] = y + step.X * z + step.Y * w - step.Z * x;
        q[3] = z - step.X * y + step.Y * x + step.Z * w;
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
