namespace GeoAlign.Sampling;

/// <summary>A path that was drawn and could not be used.</summary>
/// <param name="CameraId">Its name.</param>
/// <param name="Rule">The rule that rejected it.</param>
/// <param name="Reason">The same in words, with numbers.</param>
public sealed record RejectedPath(string CameraId, PathRejection Rule, string Reason);
