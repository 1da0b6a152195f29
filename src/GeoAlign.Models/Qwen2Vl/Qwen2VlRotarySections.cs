namespace GeoAlign.Models;

/// <summary>How many of the decoder's rotary frequencies, fastest first, turn with each axis of a position.</summary>
/// <param name="Time">Frequencies that turn with the frame pair.</param>
/// <param name="Rows">Frequencies that turn with the row.</param>
/// <param name="Columns">Frequencies that turn with the column.</param>
public readonly record struct Qwen2VlRotarySections(int Time, int Rows, int Columns)
{
    /// <summary>All frequencies.</summary>
    public int Sum => Time + Rows + Columns;

    /// <summary>The axis (0 time, 1 row, 2 column) with which a frequency turns.</summary>
    internal int AxisOf(int frequency) => frequency < Time ? 0 : frequency < Time + Rows ? 1 : 2;
}
