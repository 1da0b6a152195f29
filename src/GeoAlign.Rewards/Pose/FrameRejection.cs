namespace GeoAlign.Rewards;

/// <summary>A frame of a video for which there is no pose, and why.</summary>
/// <param name="Frame">Frame number in the video.</param>
/// <param name="Reason">What was wrong.</param>
public readonly record struct FrameRejection(int Frame, string Reason);
