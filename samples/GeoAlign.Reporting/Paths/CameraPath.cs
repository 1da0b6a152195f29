using GeoAlign.Geometry;

namespace GeoAlign.Reporting;

/// <summary>A named camera path of a view.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Trajectory">Camera-to-world poses, metres, OpenCV axes.</param>
/// <param name="Colour">Colour of the path.</param>
public sealed record CameraPath(string Name, CameraTrajectory Trajectory, SeriesColour Colour = SeriesColour.Automatic);
