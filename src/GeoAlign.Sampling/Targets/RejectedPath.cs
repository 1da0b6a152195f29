namespace GeoAlign.Sampling;

/// <summary>A path that was drawn and could not be used.</summary>
/// <param name="CameraId">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record RejectedPath(string CameraId, string Reason);
