namespace GeoAlign.Geometry;

/// <summary>Turns an array of 3×4 or 4×4 matrices into poses.</summary>
internal static class PoseMatrices
{
    /// <summary>Whether the array could hold poses: (N,3,4) or (N,4,4), floating-point.</summary>
    public static bool HasPoseShape(NpyArray array) => !array.IsInteger && array.Shape is [_, 3 or 4, 4];

    /// <summary>The matrices of an array (N,3,4) or (N,4,4) as rigid motions.</summary>
    /// <param name="array">The array.</param>
    /// <param name="name">Name in error messages.</param>
    /// <param name="only4x4">Whether 3×4 matrices are refused.</param>
    public static SE3[] Read(NpyArray array, string name, bool only4x4)
    {
        string expected = only4x4 ? "floats of shape (N, 4, 4)" : "floats of shape (N, 3, 4) or (N, 4, 4)";
        if (!HasPoseShape(array) || (only4x4 && array.Shape[1] == 3))
            throw new TrajectoryFormatException(name, 0, $"{array}, expected {expected}");
        if (array.Shape[0] == 0) throw new TrajectoryFormatException(name, 0, $"no pose, expected {expected}");

        SE3[] poses = new SE3[array.Shape[0]];
        int size = 4 * array.Shape[1];
        for (int i = 0; i < poses.Length; i++)
        {
            ReadOnlySpan<double> matrix = array.Floats.Slice(size * i, size);
            string? problem = ProblemOfValues(matrix);
            if (problem is null && size == 16) problem = FilePose.ProblemOfLastRow(matrix[12..]);
            problem ??= FilePose.ProblemOf(matrix, out poses[i]);
            if (problem is not null) throw new TrajectoryFormatException(name, 0, $"pose {i}: {problem}");
        }

        return poses;
    }

    /// <summary>An array (N,4,4) of the poses.</summary>
    public static NpyArray Write(IReadOnlyList<SE3> poses)
    {
        double[] values = new double[16 * poses.Count];
        for (int i = 0; i < poses.Count; i++)
        {
            poses[i].CopyToRowMajor3x4(values.AsSpan(16 * i));
            values[16 * i + 15] = 1;
        }

        return NpyArray.Of([poses.Count, 4, 4], values);
    }

    private static string? ProblemOfValues(ReadOnlySpan<double> values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            if (NumberToken.ProblemOf(values[k]) is { } problem) return $"value {k} {problem}, expected finite numbers";
        }

        return null;
    }
}
