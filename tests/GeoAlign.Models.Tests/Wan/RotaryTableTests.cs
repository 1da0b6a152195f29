namespace GeoAlign.Models.Tests;

public class RotaryTableTests
{
    [Fact]
    public void Both_halves_repeat_the_golden_table_of_one_clip()
    {
        RotaryTable table = RotaryTable.Of(RedirectorFixture.Config, frames: 2, rows: 2, columns: 2);

        foreach (int half in new[] { 0, 1 })
        {
            int begin = half * table.Angles.Length;
            Near.Equal(RedirectorFixture.Golden["mid.freqs_cos"].Values.AsSpan(begin, table.Angles.Length),
                Array.ConvertAll(table.Angles, Math.Cos), 1e-15, what: "cosines");
            Near.Equal(RedirectorFixture.Golden["mid.freqs_sin"].Values.AsSpan(begin, table.Angles.Length),
                Array.ConvertAll(table.Angles, Math.Sin), 1e-15, what: "sines");
        }
    }

    [Fact]
    public void The_released_split_turns_44_42_and_42_channels()
    {
        RotaryTable table = RotaryTable.Of(RedirectorConfig.Release, frames: 3, rows: 4, columns: 5);
        ReadOnlySpan<double> token = table.Angles.AsSpan(((2 * 4 + 3) * 5 + 4) * table.Pairs, table.Pairs);

        Near.Equal([2, 2 * Math.Pow(10000, -2.0 / 44), 3, 3 * Math.Pow(10000, -2.0 / 42), 4, 4 * Math.Pow(10000, -40.0 / 42)],
            [token[0], token[1], token[22], token[23], token[43], token[63]], 1e-14, what: "angles of frame 2, row 3, column 4");
    }
}
