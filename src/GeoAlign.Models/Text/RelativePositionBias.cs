using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>One number per head and class of relative position, added to attention scores.</summary>
internal sealed class RelativePositionBias : nn.Module
{
    [ComponentName(Name = "embedding")] private readonly EmbeddingTable _table;

    public RelativePositionBias(ParameterFactory make, Umt5Config config) : base(nameof(RelativePositionBias))
    {
        _table = EmbeddingTable.Exact(make, config.PositionBuckets, config.Heads);
        RegisterComponents();
    }

    /// <summary>Classes of all pairs, <c>[tokens²]</c>, to <c>[1, heads, tokens, tokens]</c>.</summary>
    public Tensor Of(Tensor buckets, long tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        return _table.Rows(buckets).t().reshape(1, -1, tokens, tokens).MoveToOuterDisposeScope();
    }
}
