namespace GeoAlign.Models;

/// <summary>A video or an image as Qwen2-VL takes it: normalised pixels cut into patches of two frames by 14×14 pixels.</summary>
/// <remarks>
/// Rows are ordered by frame pair, then block of 2×2 patches in raster order, then patch inside the block; columns by channel, frame in
/// the pair, y, x (Qwen2-VL's published image processor).
/// </remarks>
public sealed class Qwen2VlPatches
{
    /// <summary>Numbers of one patch: 3 channels × 2 frames × 14 × 14.</summary>
    public const int PatchLength = 1176;

    /// <summary>Takes patches that were already cut.</summary>
    /// <param name="values">[gt·gh·gw, 1176], row-major.</param>
    /// <param name="gridFrames">gt: number of frame pairs, at least 1.</param>
    /// <param name="gridRows">gh: rows of patches, even.</param>
    /// <param name="gridColumns">gw: columns of patches, even.</param>
    /// <exception cref="ArgumentException">The grid is empty or odd, or the number of values does not fit it.</exception>
    public Qwen2VlPatches(ReadOnlyMemory<float> values, int gridFrames, int gridRows, int gridColumns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gridFrames);
        if (gridRows < 2 || gridColumns < 2 || ((gridRows | gridColumns) & 1) != 0)
            throw new ArgumentException($"A grid of {gridRows}×{gridColumns} patches, expected even numbers of at least 2.", nameof(gridRows));
        long expected = (long)gridFrames * gridRows * gridColumns * PatchLength;
        if (values.Length != expected)
            throw new ArgumentException($"{values.Length} numbers, expected {expected} for a grid of {gridFrames}×{gridRows}×{gridColumns} patches.", nameof(values));

        (Values, GridFrames, GridRows, GridColumns) = (values, gridFrames, gridRows, gridColumns);
    }

    /// <summary>All patches: [gt·gh·gw, 1176], row-major.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>gt: number of frame pairs.</summary>
    public int GridFrames { get; }

    /// <summary>gh: rows of patches.</summary>
    public int GridRows { get; }

    /// <summary>gw: columns of patches.</summary>
    public int GridColumns { get; }

    /// <summary>Number of patches.</summary>
    public int PatchCount => GridFrames * GridRows * GridColumns;

    /// <summary>Number of tokens that the vision tower makes of them: four patches each.</summary>
    public int TokenCount => PatchCount / 4;
}
