using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>
/// A fast estimator of the poses of generated frames that knows the room: pictures and derivatives are rendered once per condition, every rollout
/// then costs a few dot products. An analytic stand-in for a learned pose reward. Immutable.
/// </summary>
/// <remarks>
/// Ours. Each frame is aligned linearly at several multiples of the requested pose; the results are averaged with weights
/// <c>exp(−score/temperature)</c>, a soft minimum, so that the estimate is a smooth function of the pixels.
/// </remarks>
internal sealed class PhotometricAligner
{
    private readonly RoomRenderer _renderer;
    private readonly LinearisedView[][] _views;               // [generated frame][multiple]
    private readonly double _temperature;

    /// <summary>Prepares a condition.</summary>
    /// <param name="renderer">The room and the size of the frames.</param>
    /// <param name="startCameraToWorld">World pose of frame 0.</param>
    /// <param name="requested">F + 1 poses relative to it, the first the identity.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <exception cref="ArgumentException">A multiple of the path leaves the room, or bad options.</exception>
    public PhotometricAligner(RoomRenderer renderer, SE3 startCameraToWorld, CameraTrajectory requested, PhotometricAlignerOptions? options = null)
    {
        options = (options ?? new()).Validated();
        if (requested.Count < 2) throw new ArgumentException($"{requested.Count} requested pose, expected the start and at least one more.", nameof(requested));
        (_renderer, _temperature) = (renderer, options.Temperature);
        _views =
        [
            .. requested.Skip(1).Select(pose => options.Multiples
                .Select(a => new LinearisedView(renderer, startCameraToWorld, new MotionFlaw(a, 0.5 + 0.5 * a).Applied(pose), options)).ToArray()),
        ];
    }

    /// <summary>F: frames of a rollout.</summary>
    public int GeneratedFrames => _views.Length;

    /// <summary>Estimates the poses of one rollout. Safe on several threads at once; a rollout's result depends on nothing but its frames.</summary>
    /// <param name="frames">The F generated frames, [F, 3, H, W] in [−1, 1].</param>
    /// <returns>F + 1 poses relative to frame 0, the first the identity.</returns>
    /// <exception cref="ArgumentException">Another number of values, or one is not finite.</exception>
    public CameraTrajectory Estimate(ReadOnlySpan<float> frames)
    {
        int length = _renderer.FrameLength;
        if (frames.Length != GeneratedFrames * length)
            throw new ArgumentException($"{frames.Length} numbers, expected {GeneratedFrames * length} for {GeneratedFrames} frames of {length}.", nameof(frames));
        int bad = frames.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0) throw new ArgumentException($"Number {bad} is {frames[bad]}, expected finite pixels.", nameof(frames));

        float[] memory = new float[2 * length];
        SE3[] poses = new SE3[GeneratedFrames + 1];
        poses[0] = SE3.Identity;
        for (int k = 0; k < GeneratedFrames; k++)
        {
            BinomialBlur.Apply(frames.Slice(k * length, length), _renderer.WidthPixels, _renderer.HeightPixels, memory.AsSpan(0, length));
            poses[k + 1] = SoftBest(_views[k], memory.AsSpan(0, length), memory.AsSpan(length));
        }

        return new(poses);
    }

    // Running soft minimum: when a better score comes, the weights so far shrink relative to it, so that no exponential overflows.
    private SE3 SoftBest(LinearisedView[] views, ReadOnlySpan<float> blurredFrame, Span<float> scratch)
    {
        Vector3d translation = Vector3d.Zero, rotation = Vector3d.Zero;
        double weights = 0, lowest = double.PositiveInfinity;
        foreach (LinearisedView view in views)
        {
            (SE3 pose, double score) = view.Align(blurredFrame, scratch);
            double kept = score < lowest ? Math.Exp((score - lowest) / _temperature) : 1;
            lowest = Math.Min(score, lowest);
            double weight = Math.Exp((lowest - score) / _temperature);
            translation = kept * translation + weight * pose.Translation;
            rotation = kept * rotation + weight * pose.Rotation.Log();
            weights = kept * weights + weight;
        }

        return new(SO3.Exp(rotation / weights), translation / weights);
    }
}
