namespace GeoAlign.Geometry;

/// <summary>A registered image of a COLMAP model.</summary>
/// <param name="Id">Number of the image in the model.</param>
/// <param name="CameraToWorld">Its pose; the file holds the inverse. OpenCV axes, scale of the reconstruction.</param>
/// <param name="CameraId">Its camera.</param>
/// <param name="Name">Its file, relative to the image folder.</param>
public sealed record ColmapImage(uint Id, SE3 CameraToWorld, uint CameraId, string Name);
