namespace GeoAlign.Models;

/// <summary>Ids of the three tokens at which VideoAlign's scores are read.</summary>
/// <param name="VisualQuality">Id of <c>&lt;|VQ_reward|&gt;</c>.</param>
/// <param name="MotionQuality">Id of <c>&lt;|MQ_reward|&gt;</c>.</param>
/// <param name="TextAlignment">Id of <c>&lt;|TA_reward|&gt;</c>.</param>
public sealed record VideoAlignTokens(int VisualQuality, int MotionQuality, int TextAlignment)
{
    /// <summary>Those of the released checkpoint: the first ids behind Qwen2-VL's own 151,657.</summary>
    public static VideoAlignTokens VideoReward { get; } = new(151_657, 151_658, 151_659);
}
