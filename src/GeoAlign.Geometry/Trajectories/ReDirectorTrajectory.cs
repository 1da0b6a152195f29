namespace GeoAlign.Geometry;

/// <summary>Target paths of ReDirector (arXiv 2511.19827): a camera move given another number of frames and another speed.</summary>
/// <remarks>
/// With the move's poses T_k relative to the first: <c>ω_k = log(R_kᵀ R_{k+1})</c>, <c>d_k = R_kᵀ (t_{k+1} − t_k)</c>, axis <c>u = Σω/‖Σω‖</c>,
/// <c>θ_k = ω_k·u</c>; θ and d are brought to F − 1 samples; then <c>R_{k+1} = exp(u Σθ)</c>, <c>t_{k+1} = t_k + R_{k+1} d_k</c>. The step of a frame
/// is applied with the rotation of the <i>next</i> one: even F = 81 at speed 1 differs from the file, by up to 13 mm on the arcs. That is the
/// path on which ReDirector is conditioned and evaluated, so it is kept.
/// </remarks>
public static class ReDirectorTrajectory
{
    /// <summary>The target path of one of the ten moves, as <c>make_camera_trajectory</c> gives it from the published file.</summary>
    /// <param name="move">Which of the ten.</param>
    /// <param name="frames">F ≥ 1; one frame is the identity.</param>
    /// <param name="speed">Factor of every step; 1 is the published speed.</param>
    /// <param name="motion">What a change of F keeps.</param>
    public static CameraTrajectory Make(CameraMove move, int frames, double speed = 1, RetimedMotion motion = RetimedMotion.SameSpeed) =>
        Retime(ReCamMasterMoves.PublishedMatrices3x4(move), frames, speed, motion);

    /// <summary>Gives any path another number of frames and another speed; all turning is put on one axis.</summary>
    /// <inheritdoc cref="Retime(ReadOnlySpan{double}, int, double, RetimedMotion)"/>
    public static CameraTrajectory Retime(CameraTrajectory trajectory, int frames, double speed = 1, RetimedMotion motion = RetimedMotion.SameSpeed)
    {
        double[] matrices = new double[12 * trajectory.Count];
        for (int i = 0; i < trajectory.Count; i++) trajectory[i].CopyToRowMajor3x4(matrices.AsSpan(12 * i, 12));
        return Retime(matrices, frames, speed, motion);
    }

    /// <summary>
    /// As the other form, from matrices in the digits of their file: rotations are not projected before they are multiplied.
    /// </summary>
    /// <param name="matrices3x4">At least two camera-to-world matrices, row-major 3×4, metres.</param>
    /// <param name="frames">F ≥ 1; one frame is the identity.</param>
    /// <param name="speed">Factor of every step.</param>
    /// <param name="motion">What a change of F keeps.</param>
    /// <exception cref="ArgumentException">Fewer than two matrices, or numbers that are no rotation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No frame asked for, a speed that is not finite, or no such motion.</exception>
    public static CameraTrajectory Retime(ReadOnlySpan<double> matrices3x4, int frames, double speed = 1, RetimedMotion motion = RetimedMotion.SameSpeed)
    {
        if (matrices3x4.Length < 24 || matrices3x4.Length % 12 != 0)
            throw new ArgumentException($"{matrices3x4.Length} numbers, expected 12 per pose and at least 2 poses.", nameof(matrices3x4));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        if (!double.IsFinite(speed)) throw new ArgumentOutOfRangeException(nameof(speed), speed, "A speed factor must be finite.");

        (Vector3d axis, double[] angles, Vector3d[] shifts) = BodySteps(matrices3x4);
        SE3[] poses = new SE3[frames];
        poses[0] = SE3.Identity;
        double angle = 0;
        for (int k = 1; k < frames; k++)
        {
            (double turn, Vector3d shift) = motion switch
            {
                RetimedMotion.SameSpeed => Interpolated(angles, shifts, k - 1, frames - 1),
                RetimedMotion.SameTotal => (angles.Sum() / (frames - 1), shifts.Aggregate((a, b) => a + b) / (frames - 1)),
                _ => throw new ArgumentOutOfRangeException(nameof(motion), motion, "No such rule."),
            };
            angle += speed * turn;
            SO3 rotation = SO3.Exp(angle * axis);
            poses[k] = new(rotation, poses[k - 1].Translation + rotation * (speed * shift));
        }

        return new CameraTrajectory(poses);
    }

    private static (Vector3d Axis, double[] Angles, Vector3d[] Shifts) BodySteps(ReadOnlySpan<double> matrices)
    {
        int steps = matrices.Length / 12 - 1;
        Vector3d[] turns = new Vector3d[steps], shifts = new Vector3d[steps];
        Vector3d sum = Vector3d.Zero;
        for (int k = 0; k < steps; k++)
        {
            (Matrix3d r, Vector3d t) = Split(matrices.Slice(12 * k, 12));
            (Matrix3d nextR, Vector3d nextT) = Split(matrices.Slice(12 * (k + 1), 12));
            turns[k] = SO3.FromMatrix(r.Transpose() * nextR).Log();
            shifts[k] = r.Transpose() * (nextT - t);
            sum += turns[k];
        }

        Vector3d axis = Axis(sum, turns[0]);
        return (axis, Array.ConvertAll(turns, turn => Vector3d.Dot(turn, axis)), shifts);
    }

    // Limits and the 1e-12 as in the original; the last axis serves moves that do not turn.
    private static Vector3d Axis(Vector3d sum, Vector3d first)
    {
        if (sum.Length >= 1e-6) return sum / sum.Length;
        Vector3d chosen = first.Length > 1e-6 ? first : new(0, 0, 1);
        return chosen / (chosen.Length + 1e-12);
    }

    // Sample `index` of `count` that are spread evenly over the steps, both ends included; a single sample is the first step.
    private static (double Turn, Vector3d Shift) Interpolated(double[] angles, Vector3d[] shifts, int index, int count)
    {
        if (count == 1 || angles.Length == 1) return (angles[0], shifts[0]);
        double position = (double)index / (count - 1) * (angles.Length - 1);
        int below = Math.Min((int)position, angles.Length - 2);
        double share = position - below;
        return (angles[below] + share * (angles[below + 1] - angles[below]), shifts[below] + share * (shifts[below + 1] - shifts[below]));
    }

    private static (Matrix3d Rotation, Vector3d Translation) Split(ReadOnlySpan<double> m) =>
        (new(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]), new(m[3], m[7], m[11]));
}
