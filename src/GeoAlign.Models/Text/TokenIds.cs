namespace GeoAlign.Models;

/// <summary>A tokenised text of fixed length.</summary>
/// <param name="Ids">Ids of the pieces, then that of the end mark, then padding.</param>
/// <param name="Count">Ids before the padding, the end mark among them.</param>
public sealed record TokenIds(IReadOnlyList<int> Ids, int Count);
