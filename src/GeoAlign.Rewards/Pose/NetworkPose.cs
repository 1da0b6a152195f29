using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>One pose read from a network's output: a rigid motion, or what is wrong with the numbers.</summary>
public readonly record struct NetworkPose
{
    private NetworkPose(SE3 pose, string? problem) => (Pose, Problem) = (pose, problem);

    /// <summary>The pose, in the direction and axes of the network; meaningless when there is a problem.</summary>
    public SE3 Pose { get; }

    /// <summary>Why the numbers are no pose; null when they are one.</summary>
    public string? Problem { get; }

    /// <summary>From a quaternion in the order w, x, y, z, which is renormalised, and a translation.</summary>
    /// <param name="w">Real part.</param><param name="x">First imaginary part.</param><param name="y">Second imaginary part.</param><param name="z">Third imaginary part.</param>
    /// <param name="translation">In the network's unit.</param>
    /// <param name="maxNormError">A larger |‖q‖ − 1| is a problem: a network that normalises its output does not do that.</param>
    public static NetworkPose FromQuaternionWxyz(double w, double x, double y, double z, Vector3d translation, double maxNormError)
    {
        double norm = Math.Sqrt(w * w + x * x + y * y + z * z);
        if (!double.IsFinite(norm) || !translation.IsFinite) return new(default, "pose not finite");
        if (!(Math.Abs(norm - 1) <= maxNormError))
            return new(default, string.Create(CultureInfo.InvariantCulture, $"quaternion of length {norm:G4}, expected 1 within {maxNormError:G2}"));
        return new(new SE3(SO3.FromQuaternionWxyz(w, x, y, z), translation), null);
    }

    /// <summary>From a row-major 3×4 matrix [R | t], or 4×4 with the last row 0 0 0 1. R is brought to the nearest rotation.</summary>
    /// <param name="values">12 or 16 numbers.</param>
    /// <param name="maxDeterminantError">A larger |det R − 1| is a problem.</param>
    public static NetworkPose FromMatrix(ReadOnlySpan<double> values, double maxDeterminantError)
    {
        if (values.Length is not (12 or 16)) throw new ArgumentException($"{values.Length} numbers, expected 12 (3×4) or 16 (4×4).", nameof(values));
        foreach (double value in values)
            if (!double.IsFinite(value)) return new(default, "pose not finite");
        if (values.Length == 16 && !(Math.Abs(values[12]) <= 1e-4 && Math.Abs(values[13]) <= 1e-4 && Math.Abs(values[14]) <= 1e-4 && Math.Abs(values[15] - 1) <= 1e-4))
            return new(default, string.Create(CultureInfo.InvariantCulture, $"last row ({values[12]:G4}, {values[13]:G4}, {values[14]:G4}, {values[15]:G4}), expected (0, 0, 0, 1)"));

        Matrix3d r = new(values[0], values[1], values[2], values[4], values[5], values[6], values[8], values[9], values[10]);
        double determinant = r.Determinant;
        if (!(Math.Abs(determinant - 1) <= maxDeterminantError))
            return new(default, string.Create(CultureInfo.InvariantCulture, $"rotation of determinant {determinant:G4}, expected 1 within {maxDeterminantError:G2}"));
        return new(new SE3(SO3.Nearest(r), new(values[3], values[7], values[11])), null);
    }

    /// <summary>The same with a change of direction, axes or unit; a problem stays a problem.</summary>
    public NetworkPose Map(Func<SE3, SE3> change) => Problem is null ? new(change(Pose), null) : this;
}
