using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Text features to context tokens: a two-layer perceptron with the tanh form of GELU.</summary>
internal sealed class TextEmbedding : nn.Module
{
    [ComponentName(Name = "0")] private readonly Projection _first;
    [ComponentName(Name = "2")] private readonly Projection _second;

    public TextEmbedding(ParameterFactory make, WanConfig config) : base(nameof(TextEmbedding))
    {
        _first = Projection.Frozen(make, config.TextWidth, config.Width);
        _second = Projection.Frozen(make, config.Width, config.Width);
        RegisterComponents();
    }

    /// <summary><c>[1, tokens, TextWidth]</c> to <c>[1, tokens, D]</c>.</summary>
    public Tensor Apply(Tensor features) =>
        _second.Apply(nn.functional.gelu(_first.Apply(features), TorchSharp.Modules.GELU.Approximate.tanh));
}
