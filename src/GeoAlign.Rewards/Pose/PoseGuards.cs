using System.Collections.Immutable;
using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>What a network's poses must satisfy to count as an estimate. A regression network always answers; these bounds find answers that mean nothing.</summary>
/// <remarks>Ours, from reported failures of MapAnything: none of the bounds is published with it.</remarks>
public sealed record PoseGuards
{
    /// <summary>Largest |‖q‖ − 1| of a delivered quaternion; one beyond is rejected, one within is renormalised.</summary>
    public double MaxQuaternionNormError { get; init; } = 1e-2;

    /// <summary>Largest |det R − 1| of a delivered rotation matrix.</summary>
    public double MaxDeterminantError { get; init; } = 0.1;

    /// <summary>Smallest credible scale factor, metres per network unit.</summary>
    public double MinMetricScale { get; init; } = 1e-3;

    /// <summary>Largest credible scale factor, metres per network unit.</summary>
    public double MaxMetricScale { get; init; } = 1e3;

    /// <summary>Largest rotation of view 0 away from the identity, radians. Null: measured, not bounded.</summary>
    public double? MaxReferenceRotationRadians { get; init; }

    /// <summary>Largest distance of view 0 from the origin, as a share of the path's length. Null: measured, not bounded.</summary>
    public double? MaxReferenceTranslationRatio { get; init; }

    /// <summary>
    /// Largest distance between cameras of neighbouring views, metres. Take the bound the target paths were drawn with, and some more. A view beyond it,
    /// as seen from the last accepted one and in proportion to the views between, is rejected; so one glitch costs one view. Null: not bounded. Needs metric translations.
    /// </summary>
    /// <remarks>Neighbours are the views the network saw: where it saw every fourth frame, a step lasts four frames.</remarks>
    public double? MaxTranslationMetresPerView { get; init; }

    /// <summary>Largest angle between cameras of neighbouring views, radians; as <see cref="MaxTranslationMetresPerView"/>. Null: not bounded.</summary>
    public double? MaxRotationRadiansPerView { get; init; }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public PoseGuards Validated()
    {
        List<string> errors = [];
        if (!(MaxQuaternionNormError > 0 && MaxQuaternionNormError < 1)) errors.Add($"{nameof(MaxQuaternionNormError)} is {MaxQuaternionNormError}, must be in (0, 1)");
        if (!(MaxDeterminantError > 0 && MaxDeterminantError < 1)) errors.Add($"{nameof(MaxDeterminantError)} is {MaxDeterminantError}, must be in (0, 1)");
        if (!(MinMetricScale > 0)) errors.Add($"{nameof(MinMetricScale)} is {MinMetricScale}, must be above 0");
        if (!(MaxMetricScale >= MinMetricScale)) errors.Add($"{nameof(MaxMetricScale)} is {MaxMetricScale}, must be at least {nameof(MinMetricScale)}");
        if (MaxReferenceRotationRadians is { } angle && !(angle >= 0)) errors.Add($"{nameof(MaxReferenceRotationRadians)} is {angle}, must be 0 or more");
        if (MaxReferenceTranslationRatio is { } ratio && !(ratio >= 0)) errors.Add($"{nameof(MaxReferenceTranslationRatio)} is {ratio}, must be 0 or more");
        if (MaxTranslationMetresPerView is { } step && !(step > 0)) errors.Add($"{nameof(MaxTranslationMetresPerView)} is {step}, must be above 0");
        if (MaxRotationRadiansPerView is { } turn && !(turn > 0)) errors.Add($"{nameof(MaxRotationRadiansPerView)} is {turn}, must be above 0");
        return errors.Count == 0 ? this : throw new ArgumentException("PoseGuards: " + string.Join("; ", errors) + ".");
    }

    /// <summary>Turns the poses of one video into an estimate, or says why there is none.</summary>
    /// <param name="cameraToWorld">One per frame: camera-to-world, OpenCV axes, the scale factor already applied.</param>
    /// <param name="isMetric">Whether translations are in metres.</param>
    /// <param name="metricScale">The scale factor the network gave; null when it gives none.</param>
    /// <param name="confidence">One per frame; null when the network gives none.</param>
    public PoseEstimationResult Judge(
        ReadOnlySpan<NetworkPose> cameraToWorld, bool isMetric, double? metricScale = null, ImmutableArray<FrameConfidence>? confidence = null)
    {
        if (cameraToWorld.IsEmpty) throw new ArgumentException("No pose to judge.", nameof(cameraToWorld));
        if (confidence is { } all && all.Length != cameraToWorld.Length)
            throw new ArgumentException($"{all.Length} confidences for {cameraToWorld.Length} frames.", nameof(confidence));
        if (MaxTranslationMetresPerView is not null && !isMetric)
            throw new ArgumentException($"{nameof(MaxTranslationMetresPerView)} is set, but the translations are not in metres.", nameof(isMetric));
        if (metricScale is { } scale && !(scale >= MinMetricScale && scale <= MaxMetricScale && double.IsFinite(scale)))
            return Failed($"scale factor {scale:G4} metres per unit, expected {MinMetricScale:G4} to {MaxMetricScale:G4}");
        if (cameraToWorld[0].Problem is { } problem) return Failed($"frame 0, the reference view: {problem}");

        List<SE3> poses = [];
        var frames = ImmutableArray.CreateBuilder<int>();
        var rejections = ImmutableArray.CreateBuilder<FrameRejection>();
        for (int i = 0; i < cameraToWorld.Length; i++)
        {
            if ((cameraToWorld[i].Problem ?? SpeedProblem(cameraToWorld[i].Pose, i, poses, frames)) is { } reason)
            {
                rejections.Add(new FrameRejection(i, reason));
                continue;
            }

            poses.Add(cameraToWorld[i].Pose);
            frames.Add(i);
        }

        PoseEstimate estimate = new(new CameraTrajectory([.. poses]), frames.ToImmutable(), isMetric)
        {
            Rejections = rejections.ToImmutable(),
            MetricScale = metricScale,
            Confidence = confidence,
        };
        return ReferenceProblem(estimate) is { } residual ? Failed(residual) : PoseEstimationResult.Of(estimate);
    }

    private string? SpeedProblem(SE3 pose, int view, List<SE3> accepted, ImmutableArray<int>.Builder frames)
    {
        if (accepted.Count == 0) return null;
        int views = view - frames[^1];
        double metres = Vector3d.Distance(accepted[^1].Translation, pose.Translation) / views;
        double radians = SO3.GeodesicDistance(accepted[^1].Rotation, pose.Rotation) / views;
        if (MaxTranslationMetresPerView is { } step && !(metres <= step))
            return string.Create(CultureInfo.InvariantCulture, $"camera moves by {metres:G4} m a view, expected at most {step:G4}");
        if (MaxRotationRadiansPerView is { } turn && !(radians <= turn))
            return string.Create(CultureInfo.InvariantCulture, $"camera turns by {radians:G4} rad a view, expected at most {turn:G4}");
        return null;
    }

    private FormattableString? ReferenceProblem(PoseEstimate estimate)
    {
        double angle = estimate.ReferenceResidual.Rotation.Log().Length;
        if (MaxReferenceRotationRadians is { } maxAngle && !(angle <= maxAngle))
            return $"view 0 is turned by {angle:G4} rad away from the identity, expected at most {maxAngle:G4}";
        if (MaxReferenceTranslationRatio is not { } maxRatio) return null;

        double distance = estimate.ReferenceResidual.Translation.Length;
        double length = 0;
        for (int i = 1; i < estimate.Trajectory.Count; i++)
            length += Vector3d.Distance(estimate.Trajectory[i].Translation, estimate.Trajectory[i - 1].Translation);
        if (distance <= maxRatio * length) return null;
        return $"view 0 is {distance:G4} away from the origin of a path of length {length:G4}, expected at most {maxRatio:G4} of it";
    }

    private static PoseEstimationResult Failed(FormattableString reason) =>
        PoseEstimationResult.Failed(reason.ToString(CultureInfo.InvariantCulture));
}
