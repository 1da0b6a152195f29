namespace GeoAlign.Models;

/// <summary>A rectangle of latent cells that is encoded or decoded by itself.</summary>
/// <param name="Row">First row.</param>
/// <param name="Column">First column.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="OverlapRows">Rows over which it fades at an inner border.</param>
/// <param name="OverlapColumns">Columns over which it fades at an inner border.</param>
internal readonly record struct VaeTile(int Row, int Column, int Rows, int Columns, int OverlapRows, int OverlapColumns)
{
    /// <summary>The same rectangle in pixels.</summary>
    public VaeTile InPixels()
    {
        const int Cell = WanVaeConfig.PixelsPerCell;
        return new VaeTile(Row * Cell, Column * Cell, Rows * Cell, Columns * Cell, OverlapRows * Cell, OverlapColumns * Cell);
    }

    /// <summary>Weight of every element of the tile, <c>[Rows, Columns]</c>: the lesser of its row's and its column's ramp.</summary>
    /// <param name="totalRows">Rows of the whole, in the tile's units.</param>
    /// <param name="totalColumns">Columns of the whole, in the tile's units.</param>
    public float[] Blend(int totalRows, int totalColumns)
    {
        float[] rows = Ramp(Rows, OverlapRows, Row > 0, Row + Rows < totalRows);
        float[] columns = Ramp(Columns, OverlapColumns, Column > 0, Column + Columns < totalColumns);
        float[] blend = new float[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++) blend[row * Columns + column] = Math.Min(rows[row], columns[column]);
        }

        return blend;
    }

    // 1/b, 2/b, …, 1 from an inner border inwards, 1 at an outer one. Where the two ramps of a tile meet (a stride under half the
    // size) the one of the far border is written over the other, as in DiffSynth-Studio's tiled VAE.
    private static float[] Ramp(int length, int overlap, bool fadesIn, bool fadesOut)
    {
        float[] ramp = new float[length];
        Array.Fill(ramp, 1);
        for (int i = 0; i < overlap && fadesIn; i++) ramp[i] = (i + 1f) / overlap;
        for (int i = 0; i < overlap && fadesOut; i++) ramp[length - 1 - i] = (i + 1f) / overlap;
        return ramp;
    }
}
