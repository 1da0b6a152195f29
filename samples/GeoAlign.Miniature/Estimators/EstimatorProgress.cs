namespace GeoAlign.Miniature;

/// <summary>Where a training stands.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Of so many.</param>
/// <param name="Loss">Mean loss since the last report.</param>
internal readonly record struct EstimatorProgress(int Step, int Steps, double Loss);
