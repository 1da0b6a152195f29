namespace GeoAlign.Sampling;

/// <summary>A video that a draw hit and could not use, so that another was drawn in its place.</summary>
/// <param name="Attempt">Number of the attempt, from 0.</param>
/// <param name="VideoName">Name of the video.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="WasQuarantined">Whether the quarantine list named it already.</param>
public sealed record ClipRefusal(int Attempt, string VideoName, string Path, VideoProblem Kind, string Reason, bool WasQuarantined);
