using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Cli;

/// <summary>How the camera of a video went against its target, in metres and in the published metrics.</summary>
/// <param name="MeanTranslationMetres">Mean distance of the centres, first poses aligned and nothing else.</param>
/// <param name="MeanRotationDegrees">Mean angle.</param>
/// <param name="PathLengthRatio">Length of the estimated path over that of the target; below 1: too slow. Null for a target that stands still.</param>
/// <param name="ScaleDrift">That ratio in the second half over that in the first.</param>
/// <param name="ScaleToTarget">Factor that would bring the estimated centres closest to the target's.</param>
/// <param name="ParasiticTranslationMetres">Largest distance from the start where the target only turns.</param>
/// <param name="MetricScale">The scale factor that the estimator found.</param>
/// <param name="RotErrDegrees">RotErr as published, over the frames that the estimator saw; null where one of them has no pose.</param>
/// <param name="TransErr">TransErr as published: without scale, no unit.</param>
/// <param name="ReferenceResidualMetres">How far the estimator put view 0 from the origin, which it was trained to be: a sign of how far it can be trusted.</param>
/// <param name="ReferenceResidualDegrees">How far it turned view 0.</param>
/// <param name="FrameSpreadMetres">Root mean square distance of the estimated centres from their mean.</param>
/// <param name="RejectedFrames">Frames whose errors do not count.</param>
internal sealed record PathReport(
    double MeanTranslationMetres, double MeanRotationDegrees, double? PathLengthRatio, double? ScaleDrift, double? ScaleToTarget, double? ParasiticTranslationMetres,
    double? MetricScale, double? RotErrDegrees, double? TransErr, double? ReferenceResidualMetres, double? ReferenceResidualDegrees, double? FrameSpreadMetres, IReadOnlyList<RejectedFrame> RejectedFrames)
{
    /// <summary>Null where nothing can be compared.</summary>
    /// <param name="assessment">What the geometry reward found.</param>
    /// <param name="estimate">What the estimator found, if anything.</param>
    /// <param name="target">Target pose of every evaluated frame.</param>
    public static PathReport? Of(GeometryAssessment assessment, PoseEstimate? estimate, CameraTrajectory target)
    {
        if (assessment.Path is not { } path) return null;
        ReDirectorErrors? published = estimate is { Rejections.IsEmpty: true, Frames.Length: > 1 }
            ? ReDirectorErrors.Between(estimate.Trajectory, new CameraTrajectory([.. estimate.Frames.Select(frame => target[frame])]))
            : null;
        return new(path.MeanTranslationMetres, double.RadiansToDegrees(path.MeanRotationRadians), path.PathLengthRatio, path.ScaleDrift, path.ScaleToTarget, path.ParasiticTranslationMetres,
            assessment.MetricScale, published?.RotationErrorDegrees, published?.TranslationError,
            estimate?.ReferenceResidual.Translation.Length, estimate is null ? null : double.RadiansToDegrees(estimate.ReferenceResidual.Rotation.Log().Length), estimate?.FrameSpread,
            [.. assessment.Rejections.Select(r => new RejectedFrame(r.Frame, r.Reason))]);
    }
}
