namespace GeoAlign.Geometry;

/// <summary>ReDirector's RotErr in float32, operation by operation: the rounding of its arccos is part of published numbers.</summary>
internal static class Float32RotationError
{
    public static double MeanDegrees(CameraTrajectory estimated, CameraTrajectory target)
    {
        float[][] p = [.. estimated.Select(Matrix)], g = [.. target.Select(Matrix)];
        double sum = 0;
        float[] pij = new float[9], gij = new float[9];
        for (int i = 0; i < p.Length; i++)
        {
            for (int j = 0; j < p.Length; j++)
            {
                if (i == j) continue;
                TransposeTimes(p[i], p[j], pij);
                TransposeTimes(g[i], g[j], gij);
                float trace = 0;                                                         // tr(P_ij G_ijᵀ)
                for (int row = 0; row < 3; row++)
                    trace += pij[3 * row] * gij[3 * row] + pij[3 * row + 1] * gij[3 * row + 1] + pij[3 * row + 2] * gij[3 * row + 2];
                sum += MathF.Acos(Math.Clamp((trace - 1) / 2, -1f, 1f)) * (180 / MathF.PI);
            }
        }

        return sum / (p.Length * (p.Length - 1.0));
    }

    private static float[] Matrix(SE3 pose)
    {
        Span<double> values = stackalloc double[9];
        pose.Rotation.ToMatrix().CopyTo(values);
        float[] rounded = new float[9];
        for (int k = 0; k < 9; k++) rounded[k] = (float)values[k];
        return rounded;
    }

    private static void TransposeTimes(float[] a, float[] b, float[] result)
    {
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 3; c++)
                result[3 * r + c] = a[r] * b[c] + a[3 + r] * b[3 + c] + a[6 + r] * b[6 + c];
    }
}
