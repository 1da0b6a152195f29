using GeoAlign.Reporting;

namespace GeoAlign.Evaluate;

/// <summary>Every figure of an evaluation, in the order of its tables.</summary>
internal static class MetricCatalogue
{
    public const string RotErr = "rot_err_deg", TransErr = "trans_err", TransErrMoving = "trans_err_moving",
        RotErrPublished = "rot_err_published_deg", TransErrPublished = "trans_err_published",
        Translation = "translation_m", Rotation = "rotation_deg", PathRatio = "path_length_ratio", ScaleDrift = "scale_drift",
        ScaleToTarget = "scale_to_target", Parasitic = "parasitic_translation_m",
        CameraRotation = "cameractrl_rot_rad", CameraTranslation = "cameractrl_trans_m", CameraTranslationRelative = "cameractrl_trans_rel",
        CameraTranslationAbsolute = "cameractrl_trans_abs", CamMc = "cammc", CamMcRelative = "cammc_rel", CamMcAbsolute = "cammc_abs",
        MEt3R = "met3r", DynMEt3R = "dyn_met3r",
        Subject = "subject_consistency", Background = "background_consistency", Aesthetic = "aesthetic_quality", Imaging = "imaging_quality",
        Flicker = "temporal_flickering", Smoothness = "motion_smoothness", Dynamic = "dynamic_degree", Quality = "vbench_quality";

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new(RotErr, "RotErr", "°", Better.Lower, "0.0000", MetricFamily.ReDirector, "Mean over all pairs of frames of the angle between their relative rotations in target and estimate, in exact double arithmetic."),
        new(TransErr, "TransErr", "", Better.Lower, "0.0000", MetricFamily.ReDirector, "Mean distance after a similarity fit, divided by the target's extent. It has no scale, and is 0 by construction where the target only turns."),
        new(TransErrMoving, "TransErr, moving targets", "", Better.Lower, "0.0000", MetricFamily.ReDirector, "TransErr of the cases whose target moves: without the zeros of pan and tilt."),
        new(RotErrPublished, "RotErr as published", "°", Better.Lower, "0.0000", MetricFamily.ReDirector, "RotErr with float32 poses and arccos, each video rounded to two decimals before averaging: how published averages were made."),
        new(TransErrPublished, "TransErr as published", "", Better.Lower, "0.0000", MetricFamily.ReDirector, "TransErr from float32 poses, each video rounded to two decimals before averaging."),
        new(Translation, "Translation error", "m", Better.Lower, "0.0000", MetricFamily.Metric, "Mean distance of camera centres in metres with the first poses aligned and nothing else."),
        new(Rotation, "Rotation error", "°", Better.Lower, "0.000", MetricFamily.Metric, "Mean angle to the target's rotation with the first poses aligned."),
        new(PathRatio, "Path-length ratio", "", Better.NearestToOne, "0.000", MetricFamily.Metric, "Length of the estimated path divided by that of the target; below 1 the camera moved too little."),
        new(ScaleDrift, "Scale drift", "", Better.NearestToOne, "0.000", MetricFamily.Metric, "Path-length ratio of the second half of the clip divided by that of the first."),
        new(ScaleToTarget, "Scale to target", "", Better.NearestToOne, "0.000", MetricFamily.Metric, "Factor that brings the estimated centres closest to the target's."),
        new(Parasitic, "Parasitic translation", "m", Better.Lower, "0.0000", MetricFamily.Metric, "Pan and tilt only: largest distance of the camera from where it should stay."),
        new(CameraRotation, "RotErr, CameraCtrl", "rad", Better.Lower, "0.000", MetricFamily.CameraControl, "Sum over frames of the angle to the target."),
        new(CameraTranslation, "TransErr, CameraCtrl", "m", Better.Lower, "0.000", MetricFamily.CameraControl, "Sum over frames of the distance to the target, nothing normalised."),
        new(CameraTranslationRelative, "TransErr, relative", "", Better.Lower, "0.000", MetricFamily.CameraControl, "As CamI2V's 'rel': each path divided by its own extent first."),
        new(CameraTranslationAbsolute, "TransErr, absolute", "", Better.Lower, "0.000", MetricFamily.CameraControl, "As CamI2V's 'abs': both paths divided by the target's extent."),
        new(CamMc, "CamMC", "", Better.Lower, "0.000", MetricFamily.CameraControl, "Sum over frames of the norm of the difference of the 3×4 pose matrices."),
        new(CamMcRelative, "CamMC, relative", "", Better.Lower, "0.000", MetricFamily.CameraControl, "CamMC of paths divided by their own extent."),
        new(CamMcAbsolute, "CamMC, absolute", "", Better.Lower, "0.000", MetricFamily.CameraControl, "CamMC of paths divided by the target's extent."),
        new(MEt3R, "MEt3R", "", Better.Lower, "0.0000", MetricFamily.Consistency, "Dissimilarity of generated and condition frames of the same time in a common view."),
        new(DynMEt3R, "Dyn-MEt3R", "", Better.Higher, "0.0000", MetricFamily.Consistency, "Agreement of the static part of the generated video with itself in 3D."),
        new(Subject, "Subject consistency", "", Better.Higher, "0.0000", MetricFamily.VBench, "Cosine of DINO features of each frame with the first and the previous one."),
        new(Background, "Background consistency", "", Better.Higher, "0.0000", MetricFamily.VBench, "The same with CLIP features."),
        new(Aesthetic, "Aesthetic quality", "", Better.Higher, "0.0000", MetricFamily.VBench, "LAION's aesthetic score / 10."),
        new(Imaging, "Imaging quality", "", Better.Higher, "0.0000", MetricFamily.VBench, "MUSIQ / 100."),
        new(Flicker, "Temporal flickering", "", Better.Higher, "0.0000", MetricFamily.VBench, "(255 − mean absolute difference of neighbouring frames)/255; it falls with camera motion as well."),
        new(Smoothness, "Motion smoothness", "", Better.Higher, "0.0000", MetricFamily.VBench, "How well odd frames are predicted from their neighbours."),
        new(Dynamic, "Dynamic degree", "", Better.Neither, "0.000", MetricFamily.VBench, "Share of videos with large optical flow."),
        new(Quality, "VBench quality score", "", Better.Higher, "0.0000", MetricFamily.VBench, "Weighted mean of the seven normalised dimensions, where all are there."),
    ];

    private static readonly Dictionary<string, MetricDefinition> ByKey = All.ToDictionary(m => m.Key, StringComparer.Ordinal);

    /// <summary>The figure of a key.</summary>
    public static MetricDefinition Of(string key) => ByKey[key];
}
