using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Attention of the video tokens to the text and, apart from it, to the image; the two results are added.</summary>
/// <remarks>Wan2.1 <c>WanI2VCrossAttention</c>: one query for both, two softmaxes, no positions and no mask.</remarks>
internal sealed class CrossAttention : nn.Module
{
    private readonly int _heads;
    [ComponentName(Name = "q")] private readonly Projection _query;
    [ComponentName(Name = "k")] private readonly Projection _key;
    [ComponentName(Name = "v")] private readonly Projection _value;
    [ComponentName(Name = "o")] private readonly Projection _output;
    [ComponentName(Name = "norm_q")] private readonly RmsNorm _queryNorm;
    [ComponentName(Name = "norm_k")] private readonly RmsNorm _keyNorm;
    [ComponentName(Name = "k_img")] private readonly Projection? _imageKey;
    [ComponentName(Name = "v_img")] private readonly Projection? _imageValue;
    [ComponentName(Name = "norm_k_img")] private readonly RmsNorm? _imageKeyNorm;

    public CrossAttention(ParameterFactory make, WanConfig config) : base(nameof(CrossAttention))
    {
        _heads = config.Heads;
        long width = config.Width;
        (_query, _key) = (Projection.Frozen(make, width, width), Projection.Frozen(make, width, width));
        (_value, _output) = (Projection.Frozen(make, width, width), Projection.Frozen(make, width, width));
        (_queryNorm, _keyNorm) = (new RmsNorm(make, width, config.Epsilon), new RmsNorm(make, width, config.Epsilon));
        if (config.ImageWidth is not null)
        {
            (_imageKey, _imageValue) = (Projection.Frozen(make, width, width), Projection.Frozen(make, width, width));
            _imageKeyNorm = new RmsNorm(make, width, config.Epsilon);
        }

        RegisterComponents();
    }

    /// <summary>Attends from <c>[batch, tokens, D]</c> to contexts <c>[1, tokens, D]</c>.</summary>
    public Tensor Apply(Tensor x, Tensor text, Tensor? image)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor query = Split(_queryNorm.Apply(_query.Apply(x)));
        Tensor attended = MultiHeadAttention.Apply(query, Split(_keyNorm.Apply(_key.Apply(text))), Split(_value.Apply(text)));
        if (image is not null && _imageKey is not null && _imageValue is not null && _imageKeyNorm is not null)
            attended += MultiHeadAttention.Apply(
                query, Split(_imageKeyNorm.Apply(_imageKey.Apply(image))), Split(_imageValue.Apply(image)));
        return _output.Apply(attended).MoveToOuterDisposeScope();
    }

    private Tensor Split(Tensor x) => x.unflatten(-1, _heads, x.shape[^1] / _heads);
}
