namespace GeoAlign.Cli;

/// <summary>A draw that gave no condition.</summary>
/// <param name="Iteration">Iteration.</param>
/// <param name="Group">Group.</param>
/// <param name="Reason">Why.</param>
internal sealed record PreviewFailure(int Iteration, int Group, string Reason);
