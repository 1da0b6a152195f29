namespace GeoAlign.Models;

/// <summary>How tokens of Qwen2-VL are given their places.</summary>
public enum Qwen2VlPositionRule
{
    /// <summary>0, 1, 2, … on all axes, also for pieces of images and videos. VideoAlign and HPSv3 were trained with it.</summary>
    Sequential,

    /// <summary>Pieces of images and videos lie on a grid of time, row and column (M-RoPE). Qwen2-VL itself was trained with it.</summary>
    MultiAxis,
}
