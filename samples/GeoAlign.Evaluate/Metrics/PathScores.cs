using System.Collections.Concurrent;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Camera figures of a case, from the estimated path and the target that its name asks for.</summary>
internal static class PathScores
{
    private const string Unscaled = "the estimated path is not in metres";

    // The same targets serve every method and video of one length.
    private static readonly ConcurrentDictionary<(CameraMove, int, double, RetimedMotion), CameraTrajectory> Targets = new();

    /// <summary>The target path of a case, all frames.</summary>
    public static CameraTrajectory Target(RetakeName name, int frames, RetimedMotion motion) =>
        Targets.GetOrAdd((name.Move, frames, name.Speed, motion), key => ReDirectorTrajectory.Make(key.Item1, key.Item2, key.Item3, key.Item4));

    /// <summary>The target's poses of the frames that the estimate has.</summary>
    public static CameraTrajectory Paired(CameraTrajectory target, EstimatedPath estimate) =>
        estimate.Frames.Count == target.Count ? target : new CameraTrajectory([.. estimate.Frames.Select(f => target[f])]);

    /// <summary>Computes them.</summary>
    /// <param name="scores">Receives them.</param>
    /// <param name="estimate">A path with at least 2 poses.</param>
    /// <param name="name">Move and speed.</param>
    /// <param name="motion">How the move was given its number of frames.</param>
    public static void AddTo(CaseScores scores, EstimatedPath estimate, RetakeName name, RetimedMotion motion)
    {
        CameraTrajectory path = estimate.Trajectory(), target = Paired(Target(name, estimate.FrameCount, motion), estimate);
        AddReDirector(scores, path, target, MoveText.OnlyTurns(name.Move));
        AddMetric(scores, path, target, estimate.IsMetric);
        AddCameraControl(scores, path, target, estimate.IsMetric);
    }

    private static void AddReDirector(CaseScores scores, CameraTrajectory path, CameraTrajectory target, bool onlyTurns)
    {
        const string Static = "the estimated camera does not move: 0 divided by 0 in the original";
        ReDirectorErrors exact = ReDirectorErrors.Between(path, target), single = ReDirectorErrors.BetweenInFloat32(path, target).RoundedAsPublished();
        scores.Add(MetricCatalogue.RotErr, exact.RotationErrorDegrees, "");
        scores.Add(MetricCatalogue.TransErr, exact.TranslationError, Static);
        scores.Add(MetricCatalogue.TransErrMoving, onlyTurns ? null : exact.TranslationError, onlyTurns ? "the target only turns: TransErr is 0 by construction" : Static);
        scores.Add(MetricCatalogue.RotErrPublished, single.RotationErrorDegrees, "");
        scores.Add(MetricCatalogue.TransErrPublished, single.TranslationError, Static);
    }

    private static void AddMetric(CaseScores scores, CameraTrajectory path, CameraTrajectory target, bool isMetric)
    {
        const string TargetStatic = "the target does not move", EstimateStatic = "the estimated camera or the target does not move";
        MetricPathComparison metric = MetricPathComparison.Between(path, target);
        scores.Add(MetricCatalogue.Rotation, metric.MeanRotationRadians * (180 / Math.PI), "");
        scores.Add(MetricCatalogue.ScaleDrift, metric.ScaleDrift, EstimateStatic);
        AddMetres(MetricCatalogue.Translation, metric.MeanTranslationMetres, "");
        AddMetres(MetricCatalogue.PathRatio, metric.PathLengthRatio, TargetStatic);
        AddMetres(MetricCatalogue.ScaleToTarget, metric.PathLengthRatio is null ? null : metric.ScaleToTarget, EstimateStatic);
        AddMetres(MetricCatalogue.Parasitic, metric.ParasiticTranslationMetres, "the target moves");

        void AddMetres(string key, double? value, string reason) => scores.Add(key, isMetric ? value : null, isMetric ? reason : Unscaled);
    }

    private static void AddCameraControl(CaseScores scores, CameraTrajectory path, CameraTrajectory target, bool isMetric)
    {
        CameraControlErrors plain = CameraControlErrors.Between(path, target, TranslationNormalisation.None);
        scores.Add(MetricCatalogue.CameraRotation, plain.RotationErrorRadians, "");
        scores.Add(MetricCatalogue.CameraTranslation, isMetric ? plain.TranslationError : null, Unscaled);
        scores.Add(MetricCatalogue.CamMc, isMetric ? plain.CamMc : null, Unscaled);

        // The extent of a path that only turns is rounding; dividing by it plus 1e-9 gives numbers without meaning.
        bool moves = TrajectorySpeeds.Of(target).PathLengthMetres > 1e-9;
        const string NoExtent = "the target does not move: there is no extent to divide by";
        CameraControlErrors? own = moves ? CameraControlErrors.Between(path, target, TranslationNormalisation.OwnMaximum) : null;
        CameraControlErrors? common = moves && isMetric ? CameraControlErrors.Between(path, target, TranslationNormalisation.TargetMaximum) : null;
        scores.Add(MetricCatalogue.CameraTranslationRelative, own?.TranslationError, NoExtent);
        scores.Add(MetricCatalogue.CamMcRelative, own?.CamMc, NoExtent);
        scores.Add(MetricCatalogue.CameraTranslationAbsolute, common?.TranslationError, moves ? Unscaled : NoExtent);
        scores.Add(MetricCatalogue.CamMcAbsolute, common?.CamMc, moves ? Unscaled : NoExtent);
    }
}
