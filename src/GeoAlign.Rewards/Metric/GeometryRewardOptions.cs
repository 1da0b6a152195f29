using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>Settings of the geometry reward. Geo-Align (arXiv 2605.23903, section 3.2) fixes two weighted errors in metres and in angle; each default says what fills the rest.</summary>
public sealed record GeometryRewardOptions
{
    /// <summary>Weights of the frames. Our default: <c>(i + 1)/N</c>, the plainest that increases.</summary>
    public FrameWeighting Weighting { get; init; } = FrameWeighting.Linear;

    /// <summary>What the weights are a function of when not every frame is evaluated.</summary>
    public WeightTime WeightTime { get; init; } = WeightTime.VideoFrame;

    /// <summary>Mean or sum. Ours: the mean, so that videos of different length compare.</summary>
    public ErrorReduction Reduction { get; init; } = ErrorReduction.WeightedMean;

    /// <summary>Squares each error before weighting. Changes the advantages; off.</summary>
    public bool SquaredErrors { get; init; }

    /// <summary>
    /// δ of the Huber loss of translation errors, metres: <c>e²/2</c> up to δ, <c>δ(e − δ/2)</c> beyond (Huber 1964), so that small errors
    /// matter less and large ones are not squared. Null: off. Not together with <see cref="SquaredErrors"/>.
    /// </summary>
    public double? HuberTranslationMetres { get; init; }

    /// <summary>δ of the Huber loss of rotation errors, radians. Null: off. Not together with <see cref="SquaredErrors"/>.</summary>
    public double? HuberRotationRadians { get; init; }

    /// <summary>Whether frame 0, whose error is 0 by construction, keeps its weight in the mean. No effect on a sum.</summary>
    public bool IncludeFirstFrame { get; init; } = true;

    /// <summary>
    /// Null: poses are compared as seen from frame 0, so that drift counts. A number s: the motions over s evaluated frames are compared
    /// (1 is the frame-to-frame error of GrndCtrl); the weight is that of the segment's last frame.
    /// </summary>
    public int? SegmentFrames { get; init; }

    /// <summary>Every how many target poses one is evaluated, from the first on; the estimator sees only these frames. 1: all.</summary>
    public int FrameStride { get; init; } = 1;

    /// <summary>Cap of each translation error, metres, so that one failed reconstruction does not rule a group's mean. Null: no cap.</summary>
    public double? TranslationCapMetres { get; init; }

    /// <summary>What to do about frames without a pose and videos without an estimate.</summary>
    public MissingPosePolicy MissingPoses { get; init; } = MissingPosePolicy.Missing;

    /// <summary>Translation error of a penalised frame, metres.</summary>
    public double PenaltyTranslationMetres { get; init; } = 5;

    /// <summary>Rotation error of a penalised frame, radians.</summary>
    public double PenaltyRotationRadians { get; init; } = Math.PI;

    /// <summary>Leaves out frames the estimator does not trust. Null: all count.</summary>
    public ConfidenceGate? ConfidenceGate { get; init; }

    /// <summary>Leaves out frames without content, in which a camera cannot be seen. Null: all count.</summary>
    public FeaturelessFrameGuard? FeaturelessFrames { get; init; }

    /// <summary>
    /// Largest |log(s/s_source)| between the scale factors of the generated and of the source clip; beyond it the estimate counts as failed.
    /// Null: not compared. Set, it needs <see cref="VideoRollout.SourceMetricScale"/> and an estimator that gives a scale.
    /// </summary>
    public double? MaxLogScaleDifference { get; init; }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public GeometryRewardOptions Validated()
    {
        List<FormattableString> errors = [];
        if (SegmentFrames is { } span && span < 1) errors.Add($"{nameof(SegmentFrames)} is {span}, must be at least 1");
        if (FrameStride < 1) errors.Add($"{nameof(FrameStride)} is {FrameStride}, must be at least 1");
        if (TranslationCapMetres is { } cap && !(cap > 0)) errors.Add($"{nameof(TranslationCapMetres)} is {cap}, must be above 0");
        if (HuberTranslationMetres is { } t && !(t > 0 && double.IsFinite(t))) errors.Add($"{nameof(HuberTranslationMetres)} is {t}, must be finite and above 0");
        if (HuberRotationRadians is { } r && !(r > 0 && double.IsFinite(r))) errors.Add($"{nameof(HuberRotationRadians)} is {r}, must be finite and above 0");
        if (SquaredErrors && (HuberTranslationMetres ?? HuberRotationRadians) is not null) errors.Add($"{nameof(SquaredErrors)} and a Huber loss are both set, must be one of them");
        if (!(PenaltyTranslationMetres >= 0 && double.IsFinite(PenaltyTranslationMetres))) errors.Add($"{nameof(PenaltyTranslationMetres)} is {PenaltyTranslationMetres}, must be finite and not negative");
        if (!(PenaltyRotationRadians >= 0 && PenaltyRotationRadians <= Math.PI)) errors.Add($"{nameof(PenaltyRotationRadians)} is {PenaltyRotationRadians}, must be in [0, π]");
        if (MaxLogScaleDifference is { } difference && !(difference >= 0)) errors.Add($"{nameof(MaxLogScaleDifference)} is {difference}, must be 0 or more");
        if (errors.Count > 0)
            throw new ArgumentException("GeometryRewardOptions: " + string.Join("; ", errors.Select(e => e.ToString(CultureInfo.InvariantCulture))) + ".");
        ConfidenceGate?.Validated();
        FeaturelessFrames?.Validated();
        return this;
    }
}
