using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Causal self-attention whose key heads each serve several neighbouring query heads. Ainslie et al. 2023 (GQA).</summary>
internal sealed class Qwen2VlAttention : nn.Module
{
    private readonly int _keyHeads, _group, _headWidth;
    private readonly ScalarType _exact;
    [ComponentName(Name = "q_proj")] private readonly Projection _query;
    [ComponentName(Name = "k_proj")] private readonly Projection _key;
    [ComponentName(Name = "v_proj")] private readonly Projection _value;
    [ComponentName(Name = "o_proj")] private readonly Projection _output;

    public Qwen2VlAttention(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlAttention))
    {
        (_keyHeads, _group, _headWidth, _exact) = (config.KeyHeads, config.Heads / config.KeyHeads, config.HeadWidth, make.Formats.Exact);
        long keyWidth = (long)config.KeyHeads * config.HeadWidth;
        _query = Projection.Frozen(make, config.Width, config.Width);
        _key = Projection.Frozen(make, config.Width, keyWidth);
        _value = Projection.Frozen(make, config.Width, keyWidth);
        _output = Projection.Frozen(make, config.Width, config.Width, bias: false);
        RegisterComponents();
    }

    /// <summary>Attends within sequences, one key head at a time: that many score matrices are held and no more.</summary>
    /// <param name="x"><c>[batch, tokens, width]</c>, in the type of matrix products.</param>
    /// <param name="position">Rotation of queries and keys.</param>
    /// <param name="isFuture"><c>[tokens, tokens]</c>: which keys (columns) come after a query (rows).</param>
    public Tensor Apply(Tensor x, HalfRotation position, Tensor isFuture)
    {
        using DisposeScope scope = NewDisposeScope();
        (long batch, long tokens) = (x.shape[0], x.shape[1]);
        Tensor query = position.Apply(_query.Apply(x).unflatten(-1, _keyHeads * _group, _headWidth)).view(batch, tokens, _keyHeads, _group, _headWidth);
        Tensor key = position.Apply(_key.Apply(x).unflatten(-1, _keyHeads, _headWidth));
        Tensor value = _value.Apply(x).unflatten(-1, _keyHeads, _headWidth);
        Tensor[] attended = new Tensor[_keyHeads];
        for (int head = 0; head < _keyHeads; head++)
        {
            using DisposeScope one = NewDisposeScope();
            Tensor queries = query.select(2, head).transpose(1, 2).reshape(batch, _group * tokens, _headWidth);
            attended[head] = ExactSoftmax.Apply(queries, key.select(2, head), value.select(2, head), isFuture, _exact)
                .view(batch, _group, tokens, _headWidth).transpose(1, 2).reshape(batch, tokens, _group * _headWidth).MoveToOuterDisposeScope();
        }

        return _output.Apply(cat(attended, dim: -1)).MoveToOuterDisposeScope();
    }
}
