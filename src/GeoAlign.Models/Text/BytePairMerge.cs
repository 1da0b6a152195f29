namespace GeoAlign.Models;

/// <summary>What a pair of tokens becomes, and when.</summary>
/// <param name="Rank">Place in the list of merges: lower comes first.</param>
/// <param name="Id">Id of the token that both make.</param>
internal readonly record struct BytePairMerge(int Rank, int Id);
