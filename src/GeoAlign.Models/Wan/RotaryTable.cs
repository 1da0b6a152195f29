namespace GeoAlign.Models;

/// <summary>Rotary angles of the tokens of one clip, in double precision: one row per token, one column per pair of a head.</summary>
/// <remarks>
/// RoFormer (Su et al. 2021), split over three axes as in Wan2.1: pairs for frames first, then rows, then columns; within an axis of
/// n pairs <c>angle = index · base^(−2i/2n)</c>, base 10000. Token order: frame slowest, then row, then column.
/// </remarks>
internal sealed class RotaryTable
{
    private RotaryTable(int tokens, int pairs) => (Tokens, Pairs, Angles) = (tokens, pairs, new double[tokens * pairs]);

    /// <summary>Tokens of one clip.</summary>
    public int Tokens { get; }

    /// <summary>Pairs of one head: d/2.</summary>
    public int Pairs { get; }

    /// <summary>Angles in radians, <c>[Tokens, Pairs]</c>.</summary>
    public double[] Angles { get; }

    /// <summary>Angles for a token grid.</summary>
    public static RotaryTable Of(WanConfig config, int frames, int rows, int columns)
    {
        RotaryTable table = new(checked(frames * rows * columns), config.HeadWidth / 2);
        Span<double> row = table.Angles;
        for (int frame = 0; frame < frames; frame++)
        {
            for (int y = 0; y < rows; y++)
            {
                for (int x = 0; x < columns; x++)
                {
                    Fill(config.RotaryBase, row[..config.FramePairs], frame);
                    Fill(config.RotaryBase, row.Slice(config.FramePairs, config.RowPairs), y);
                    Fill(config.RotaryBase, row.Slice(config.FramePairs + config.RowPairs, config.RowPairs), x);
                    row = row[table.Pairs..];
                }
            }
        }

        return table;
    }

    private static void Fill(double rotaryBase, Span<double> angles, int index)
    {
        for (int i = 0; i < angles.Length; i++) angles[i] = index * Math.Pow(rotaryBase, -(double)i / angles.Length);
    }
}
