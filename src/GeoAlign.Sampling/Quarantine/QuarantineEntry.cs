namespace GeoAlign.Sampling;

/// <summary>A video that turned out to be unreadable.</summary>
/// <param name="Path">Where it was.</param>
/// <param name="Sha256">Hash of its content (<see cref="ContentHash"/>): another file under the same name is not in quarantine.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Date">Day of the finding, as the caller gave it.</param>
public sealed record QuarantineEntry(string Path, string Sha256, VideoProblem Kind, string Reason, DateOnly Date);
