using System.Collections.Immutable;

namespace GeoAlign.Models;

/// <summary>What one stage of the work needs on the device.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Items">What takes memory, resident things first.</param>
public sealed record MemoryStage(WorkStage Stage, ImmutableArray<MemoryItem> Items)
{
    /// <summary>All items together.</summary>
    public long Bytes => Items.Sum(item => item.Bytes);
}
