namespace GeoAlign.Geometry;

/// <summary>Averages of rotations. The answer is unique when all of them lie within π/2 of it.</summary>
/// <remarks>
/// Weights are not negative and need not sum to 1; none means equal ones. Moakher, "Means and averaging in the group of rotations", 2002;
/// Markley, Cheng, Crassidis, Oshman, "Averaging quaternions", 2007.
/// </remarks>
public static class RotationMean
{
    /// <summary>Length of a step (radians) at which Karcher's iteration has converged: some forty roundings.</summary>
    private const double ConvergedStep = 1e-14;

    /// <summary>Far more steps than rotations within π/2 of their mean need.</summary>
    private const int StepLimit = 1000;

    /// <summary>The intrinsic mean: least squared angles. Iterates <c>R ← R·Exp(Σ wᵢ·Log(RᵀRᵢ))</c> from the chordal mean.</summary>
    /// <exception cref="ArgumentException">No rotation, weights that do not fit, or rotations so spread that no mean is singled out.</exception>
    public static SO3 Karcher(ReadOnlySpan<SO3> rotations, ReadOnlySpan<double> weights = default)
    {
        double total = TotalWeight(rotations, weights);
        SO3 mean = Chordal(rotations, weights);
        for (int step = 0; step < StepLimit; step++)
        {
            SO3 inverse = mean.Inverse();
            Vector3d sum = Vector3d.Zero;
            for (int i = 0; i < rotations.Length; i++) sum += Weight(weights, i) * (inverse * rotations[i]).Log();
            Vector3d move = sum / total;
            mean *= SO3.Exp(move);
            if (move.Length < ConvergedStep) return mean;
        }

        throw new ArgumentException($"The intrinsic mean of {rotations.Length} rotations did not converge in {StepLimit} steps; they are spread too far.", nameof(rotations));
    }

    /// <summary>The chordal mean: the rotation nearest to <c>Σ wᵢRᵢ</c>, least squared distances of matrices.</summary>
    /// <exception cref="ArgumentException">No rotation, weights that do not fit, or rotations so spread that no mean is singled out.</exception>
    public static SO3 Chordal(ReadOnlySpan<SO3> rotations, ReadOnlySpan<double> weights = default)
    {
        double total = TotalWeight(rotations, weights);
        Matrix3d sum = Matrix3d.Zero;
        for (int i = 0; i < rotations.Length; i++) sum += Weight(weights, i) / total * rotations[i].ToMatrix();
        return SO3.Nearest(sum);
    }

    /// <summary>The quaternion mean: the dominant eigenvector of <c>Σ wᵢqᵢqᵢᵀ</c>, blind to the signs of the quaternions.</summary>
    /// <remarks>The same rotation as <see cref="Chordal"/> in exact arithmetic, because qᵀ(Σ wᵢqᵢqᵢᵀ)q and tr(RᵀΣ wᵢRᵢ) differ by constants only.</remarks>
    /// <exception cref="ArgumentException">No rotation, weights that do not fit, or rotations so spread that no mean is singled out.</exception>
    public static SO3 QuaternionEigenvector(ReadOnlySpan<SO3> rotations, ReadOnlySpan<double> weights = default)
    {
        double total = TotalWeight(rotations, weights);
        Span<double> moment = stackalloc double[16];
        Span<double> values = stackalloc double[4];
        Span<double> q = stackalloc double[4];
        moment.Clear();
        for (int i = 0; i < rotations.Length; i++)
        {
            double weight = Weight(weights, i) / total;
            (q[0], q[1], q[2], q[3]) = (rotations[i].W, rotations[i].X, rotations[i].Y, rotations[i].Z);
            for (int row = 0; row < 4; row++)
                for (int column = 0; column < 4; column++)
                    moment[row * 4 + column] += weight * q[row] * q[column];
        }

        SymmetricEigen4.Solve(moment, values, q);
        return values[0] - values[1] > 1e-14
            ? SO3.FromQuaternionWxyz(q[0], q[1], q[2], q[3])
            : throw new ArgumentException("No single rotation is the mean: the two largest eigenvalues of the quaternions' moment are equal.", nameof(rotations));
    }

    private static double Weight(ReadOnlySpan<double> weights, int index) => weights.IsEmpty ? 1 : weights[index];

    private static double TotalWeight(ReadOnlySpan<SO3> rotations, ReadOnlySpan<double> weights)
    {
        if (rotations.IsEmpty) throw new ArgumentException("A mean needs at least one rotation.", nameof(rotations));
        if (weights.IsEmpty) return rotations.Length;
        if (weights.Length != rotations.Length) throw new ArgumentException($"{weights.Length} weights for {rotations.Length} rotations.", nameof(weights));
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i]))) throw new ArgumentException($"Weight {i} is {weights[i]}, expected a finite number that is not negative.", nameof(weights));
            total += weights[i];
        }

        return total > 0 ? total : throw new ArgumentException("All weights are 0.", nameof(weights));
    }
}
