namespace GeoAlign.Models;

/// <summary>Tokens of an image or a video on their grid.</summary>
/// <param name="Frames">Frame pairs.</param>
/// <param name="Rows">Rows of tokens: half as many as of patches.</param>
/// <param name="Columns">Columns of tokens: half as many as of patches.</param>
internal readonly record struct Qwen2VlGrid(int Frames, int Rows, int Columns)
{
    /// <summary>All tokens.</summary>
    public int Tokens => Frames * Rows * Columns;

    /// <summary>The grid of cut patches.</summary>
    public static Qwen2VlGrid Of(Qwen2VlPatches patches) =>
        new(patches.GridFrames, patches.GridRows / Qwen2VlConfig.MergedSide, patches.GridColumns / Qwen2VlConfig.MergedSide);

    /// <summary>The three sizes.</summary>
    public override string ToString() => $"{Frames}×{Rows}×{Columns}";
}
