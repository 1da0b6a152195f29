namespace GeoAlign.Sampling;

/// <summary>Where the true camera path of a rendered condition video is written down.</summary>
/// <param name="Path">A <c>camera_extrinsics.json</c>, one pose per frame of the video.</param>
/// <param name="CameraId">Its camera, such as "cam03".</param>
public sealed record RecordedCamera(string Path, string CameraId);
