namespace GeoAlign.Models;

/// <summary>One thing that takes memory during a stage.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Bytes">How much it takes.</param>
/// <param name="Resident">Whether it is there before and after the stage too; otherwise it is the stage's work space.</param>
public sealed record MemoryItem(string Name, long Bytes, bool Resident);
