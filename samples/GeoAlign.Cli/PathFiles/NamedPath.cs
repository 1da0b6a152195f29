using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>One camera path of a file.</summary>
/// <param name="Name">Name of the camera or split, or of the file that holds one path only.</param>
/// <param name="Recorded">The path and what the file says beside it.</param>
internal sealed record NamedPath(string Name, RecordedTrajectory Recorded);
