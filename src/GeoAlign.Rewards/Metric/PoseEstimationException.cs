namespace GeoAlign.Rewards;

/// <summary>A video whose camera poses could not be estimated, where the caller asked for an exception.</summary>
public sealed class PoseEstimationException(string message) : Exception(message);
