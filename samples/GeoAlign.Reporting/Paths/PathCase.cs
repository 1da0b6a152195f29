namespace GeoAlign.Reporting;

/// <summary>Paths of one case, in one world.</summary>
/// <param name="Name">Name in the list of cases.</param>
/// <param name="Paths">At least one; distances are measured from the first, the target.</param>
public sealed record PathCase(string Name, params IReadOnlyList<CameraPath> Paths)
{
    /// <summary>A sentence about the case, or empty.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Outlines around the paths, such as the walls of a room.</summary>
    public IReadOnlyList<SceneBox> Boxes { get; init; } = [];
}
