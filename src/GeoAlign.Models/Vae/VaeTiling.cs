using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Cuts frames into overlapping tiles so that large videos fit in memory; sizes in latent cells of 8×8 pixels.</summary>
/// <remarks>
/// Tiling changes the numbers: attention and zero padding see the tile, not the frame. ReCamMaster's inference tiles, ReDirector's does
/// not. Tiles start at multiples of the stride, and none starts after one that reaches the end (DiffSynth-Studio).
/// </remarks>
/// <param name="TileHeight">Rows of a tile.</param>
/// <param name="TileWidth">Columns of a tile.</param>
/// <param name="StrideHeight">Rows from one tile to the next, at most the height of a tile.</param>
/// <param name="StrideWidth">Columns from one tile to the next, at most the width of a tile.</param>
public sealed record VaeTiling(int TileHeight, int TileWidth, int StrideHeight, int StrideWidth)
{
    /// <summary>Tiles of 34×34 cells every 18×16, DiffSynth-Studio's default of the autoencoder alone.</summary>
    public static VaeTiling Default { get; } = new(34, 34, 18, 16);

    /// <summary>Tiles of 30×52 cells every 15×26, as ReCamMaster's pipeline uses at 480×832 pixels.</summary>
    public static VaeTiling Pipeline { get; } = new(30, 52, 15, 26);

    /// <summary>Throws one exception that lists every impossible size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public VaeTiling Validated()
    {
        List<string> errors = [];
        Check(TileHeight, nameof(TileHeight), StrideHeight, nameof(StrideHeight));
        Check(TileWidth, nameof(TileWidth), StrideWidth, nameof(StrideWidth));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(VaeTiling)}: {string.Join("; ", errors)}.");

        void Check(int size, string sizeName, int stride, string strideName)
        {
            if (size < 1) errors.Add(string.Create(CultureInfo.InvariantCulture, $"{sizeName} is {size}, must be ≥ 1"));
            if (stride < 1 || stride > size)
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{strideName} is {stride}, must be from 1 to {sizeName} {size}"));
        }
    }

    /// <summary>The tiles of a frame; a single one without tiling.</summary>
    internal static IReadOnlyList<VaeTile> TilesOf(VaeTiling? tiling, LatentShape shape)
    {
        if (tiling is null) return [new VaeTile(0, 0, shape.Height, shape.Width, 0, 0)];
        List<VaeTile> tiles = [];
        foreach ((int row, int rows) in Spans(shape.Height, tiling.TileHeight, tiling.StrideHeight))
        {
            foreach ((int column, int columns) in Spans(shape.Width, tiling.TileWidth, tiling.StrideWidth))
            {
                tiles.Add(new VaeTile(row, column, rows, columns,
                    tiling.TileHeight - tiling.StrideHeight, tiling.TileWidth - tiling.StrideWidth));
            }
        }

        return tiles;
    }

    private static IEnumerable<(int Start, int Length)> Spans(int total, int size, int stride)
    {
        for (int start = 0; start == 0 || start - stride + size < total; start += stride)
            yield return (start, Math.Min(size, total - start));
    }
}
