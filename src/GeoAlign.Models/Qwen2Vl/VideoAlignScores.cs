namespace GeoAlign.Models;

/// <summary>What VideoAlign says of a video. Higher is better.</summary>
/// <param name="VisualQuality">VQ: clarity, detail, composition. It does not depend on the prompt.</param>
/// <param name="MotionQuality">MQ: stability, naturalness, dynamics. It does not depend on the prompt.</param>
/// <param name="TextAlignment">TA: how well the video follows the prompt; null where the sequence ended before its token.</param>
public sealed record VideoAlignScores(VideoAlignScore VisualQuality, VideoAlignScore MotionQuality, VideoAlignScore? TextAlignment)
{
    /// <summary>Sum of the three normalised scores; null where one is missing.</summary>
    public double? Overall => VisualQuality.Normalised + MotionQuality.Normalised + TextAlignment?.Normalised;
}
