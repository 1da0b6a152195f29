namespace GeoAlign.Models;

/// <summary>A key whose shape in the file is not the one the network wants.</summary>
/// <param name="Name">Key.</param>
/// <param name="Expected">Shape in the network.</param>
/// <param name="Found">Shape in the file.</param>
public sealed record MisshapenWeight(string Name, IReadOnlyList<long> Expected, IReadOnlyList<long> Found)
{
    /// <summary>Name, expected and found shape in one line.</summary>
    public override string ToString() => $"{Name} expected {WeightEntry.Format(Expected)} found {WeightEntry.Format(Found)}";
}
