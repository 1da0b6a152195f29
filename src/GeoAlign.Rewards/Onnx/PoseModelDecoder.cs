using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>Turns a network's numbers into camera-to-world poses with OpenCV axes, under its conventions.</summary>
public sealed class PoseModelDecoder
{
    // conf = 1 + exp(logit) rounds to 1 in float32 below logit ≈ −16.6; half the spacing of numbers at 1 stands for all of those.
    private const double SmallestConfidenceExcess = 1.0 / (1 << 24);

    private readonly PoseModelConventions _conventions;
    private readonly PoseGuards _guards;

    /// <summary>Builds the decoder.</summary>
    public PoseModelDecoder(PoseModelConventions conventions, PoseGuards guards)
    {
        ArgumentNullException.ThrowIfNull(conventions);
        ArgumentNullException.ThrowIfNull(guards);
        (_conventions, _guards) = (conventions.Validated(), guards.Validated());
    }

    /// <summary>The estimate of one scene, or why there is none.</summary>
    public PoseEstimationResult Decode(PoseModelOutput output, int scene)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegative(scene);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(scene, output.Scenes);
        double? factor = output.MetricScale.IsEmpty ? null : output.MetricScale.Span[scene];
        return _guards.Judge(CameraToWorld(output, scene), _conventions.Scale != TranslationScale.Relative, factor, Confidence(output, scene));
    }

    /// <summary>The poses of one scene in the network's world: camera-to-world, OpenCV axes, the scale factor applied.</summary>
    public NetworkPose[] CameraToWorld(PoseModelOutput output, int scene)
    {
        ArgumentNullException.ThrowIfNull(output);
        NetworkPose[] poses = new NetworkPose[output.Frames];
        double factor = _conventions.Scale == TranslationScale.Factored ? output.MetricScale.Span[scene] : 1;
        for (int frame = 0; frame < poses.Length; frame++)
            poses[frame] = Raw(output, scene * output.Frames + frame).Map(pose => ToLibrary(pose, factor));

        return poses;
    }

    /// <summary>Confidence of every frame of one scene; null when the network gives none.</summary>
    /// <remarks>c = mean over valid pixels of log(conf − 1), which is the network's logit; v = share of valid pixels.</remarks>
    public static ImmutableArray<FrameConfidence>? Confidence(PoseModelOutput output, int scene)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Confidence.IsEmpty && output.ValidMask.IsEmpty && output.FrameConfidence.IsEmpty) return null;

        var frames = ImmutableArray.CreateBuilder<FrameConfidence>(output.Frames);
        for (int frame = 0; frame < output.Frames; frame++)
        {
            int index = scene * output.Frames + frame;
            ReadOnlySpan<float> confidence = Map(output.Confidence, output, index), valid = Map(output.ValidMask, output, index);
            double? mean = !output.FrameConfidence.IsEmpty ? OrNone(output.FrameConfidence.Span[index])
                : confidence.IsEmpty ? null
                : MeanLogConfidence(confidence, valid);
            frames.Add(new FrameConfidence(mean, valid.IsEmpty ? null : ValidFraction(valid)));
        }

        return frames.MoveToImmutable();
    }

    private NetworkPose Raw(PoseModelOutput output, int index)
    {
        ReadOnlySpan<float> rotations = output.Rotations.Span;
        if (output.Format is PoseFormat.Matrix3x4 or PoseFormat.Matrix4x4)
        {
            int size = output.Format == PoseFormat.Matrix3x4 ? 12 : 16;
            Span<double> matrix = stackalloc double[size];
            for (int i = 0; i < size; i++) matrix[i] = rotations[index * size + i];
            return NetworkPose.FromMatrix(matrix, _guards.MaxDeterminantError);
        }

        ReadOnlySpan<float> q = rotations.Slice(4 * index, 4), t = output.Translations.Span.Slice(3 * index, 3);
        Vector3d translation = new(t[0], t[1], t[2]);
        return output.Format == PoseFormat.QuaternionXyzw
            ? NetworkPose.FromQuaternionWxyz(q[3], q[0], q[1], q[2], translation, _guards.MaxQuaternionNormError)
            : NetworkPose.FromQuaternionWxyz(q[0], q[1], q[2], q[3], translation, _guards.MaxQuaternionNormError);
    }

    private SE3 ToLibrary(SE3 pose, double factor)
    {
        SE3 scaled = pose with { Translation = factor * pose.Translation };
        SE3 cameraToWorld = _conventions.Direction == PoseDirection.CameraToWorld ? scaled : scaled.Inverse();
        return _conventions.Axes == PoseAxes.OpenCv ? cameraToWorld : AxisConventions.OpenCvFromOpenGl(cameraToWorld);
    }

    private static ReadOnlySpan<float> Map(ReadOnlyMemory<float> maps, PoseModelOutput output, int index)
    {
        int pixels = maps.Length / (output.Scenes * output.Frames);
        return maps.Span.Slice(index * pixels, pixels);
    }

    private static double MeanLogConfidence(ReadOnlySpan<float> confidence, ReadOnlySpan<float> valid)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < confidence.Length; i++)
        {
            if (!valid.IsEmpty && !(valid[i] > 0.5f)) continue;
            double excess = confidence[i] - 1.0;
            sum += Math.Log(double.IsNaN(excess) ? 0 : Math.Max(excess, SmallestConfidenceExcess));     // NaN: no trust at all
            count++;
        }

        return count == 0 ? double.NegativeInfinity : sum / count;
    }

    private static double OrNone(float confidence) => float.IsNaN(confidence) ? double.NegativeInfinity : confidence;

    private static double ValidFraction(ReadOnlySpan<float> valid)
    {
        int count = 0;
        foreach (float p in valid) count += p > 0.5f ? 1 : 0;
        return (double)count / valid.Length;
    }
}
