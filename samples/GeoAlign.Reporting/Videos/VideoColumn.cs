namespace GeoAlign.Reporting;

/// <summary>What a column of a video grid shows.</summary>
/// <param name="Name">Caption of its videos: "true", "base", "tuned".</param>
/// <param name="Colour">Colour of the mark beside the caption; automatic has no mark.</param>
public sealed record VideoColumn(string Name, SeriesColour Colour = SeriesColour.Automatic)
{
    /// <summary>A column with this caption.</summary>
    public static implicit operator VideoColumn(string name) => new(name);
}
