namespace GeoAlign.Models;

/// <summary>Names and shapes of a ReDirector network's weights, from its sizes alone, in the order of the released files.</summary>
public static class RedirectorKeys
{
    /// <summary>All weights of a network of these sizes.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> Of(RedirectorConfig config) => WanKeys.Of(config);

    /// <summary>Whether a key belongs to a self-attention layer: its path has the component <c>self_attn</c>.</summary>
    public static bool IsSelfAttention(string name) => WanKeys.IsSelfAttention(name);

    /// <summary>Whether a key belongs to a camera phase layer, which ReDirector adds to its base.</summary>
    public static bool IsPhaseLayer(string name) => WanKeys.IsPhaseLayer(name);
}
