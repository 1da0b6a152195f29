namespace GeoAlign.Miniature;

/// <summary>Means over judged clips.</summary>
internal sealed record JudgementSummary
{
    /// <summary>Number of clips.</summary>
    public required int Clips { get; init; }

    /// <summary>Mean of <see cref="ClipJudgement.TranslationErrorMetres"/>.</summary>
    public required double TranslationErrorMetres { get; init; }

    /// <summary>Mean of <see cref="ClipJudgement.RotationErrorDegrees"/>.</summary>
    public required double RotationErrorDegrees { get; init; }

    /// <summary>Mean of <see cref="ClipJudgement.ScaleAlignedTranslationErrorMetres"/>.</summary>
    public required double ScaleAlignedTranslationErrorMetres { get; init; }

    /// <summary>Mean κ of the clips that were asked to move. Null when none was.</summary>
    public required double? TranslationScale { get; init; }

    /// <summary>Mean ρ of the clips that were asked to turn. Null when none was.</summary>
    public required double? RotationScale { get; init; }

    /// <summary>Mean of <see cref="ClipJudgement.ResidualRms"/>.</summary>
    public required double ResidualRms { get; init; }

    /// <summary>Mean of <see cref="ClipJudgement.Sharpness"/>.</summary>
    public required double Sharpness { get; init; }

    /// <summary>Summarises clips.</summary>
    /// <exception cref="ArgumentException">No clip.</exception>
    public static JudgementSummary Of(IReadOnlyCollection<ClipJudgement> clips)
    {
        if (clips.Count == 0) throw new ArgumentException("No clip was judged.", nameof(clips));
        return new()
        {
            Clips = clips.Count,
            TranslationErrorMetres = clips.Average(c => c.TranslationErrorMetres),
            RotationErrorDegrees = clips.Average(c => c.RotationErrorDegrees),
            ScaleAlignedTranslationErrorMetres = clips.Average(c => c.ScaleAlignedTranslationErrorMetres),
            TranslationScale = clips.Average(c => c.TranslationScale),                  // of nullable numbers: skips null, null when all are
            RotationScale = clips.Average(c => c.RotationScale),
            ResidualRms = clips.Average(c => c.ResidualRms),
            Sharpness = clips.Average(c => c.Sharpness),
        };
    }
}
