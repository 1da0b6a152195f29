using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Image features to context tokens: LN, Lin, exact GELU, Lin, LN; both norms with ε = 10⁻⁵.</summary>
internal sealed class ImageEmbedding : nn.Module
{
    private const double NormEpsilon = 1e-5;

    [ComponentName(Name = "proj")] private readonly Layers _layers;

    public ImageEmbedding(ParameterFactory make, long imageWidth, long width) : base(nameof(ImageEmbedding))
    {
        _layers = new Layers(make, imageWidth, width);
        RegisterComponents();
    }

    /// <summary><c>[1, tokens, ImageWidth]</c> to <c>[1, tokens, D]</c>, in the type of the features.</summary>
    public Tensor Apply(Tensor features) => _layers.Apply(features);

    private sealed class Layers : nn.Module
    {
        [ComponentName(Name = "0")] private readonly AffineLayerNorm _inputNorm;
        [ComponentName(Name = "1")] private readonly Projection _hidden;
        [ComponentName(Name = "3")] private readonly Projection _output;
        [ComponentName(Name = "4")] private readonly AffineLayerNorm _outputNorm;

        public Layers(ParameterFactory make, long imageWidth, long width) : base(nameof(Layers))
        {
            _inputNorm = new AffineLayerNorm(make, imageWidth, NormEpsilon);
            _hidden = Projection.Frozen(make, imageWidth, imageWidth);
            _output = Projection.Frozen(make, imageWidth, width);
            _outputNorm = new AffineLayerNorm(make, width, NormEpsilon);
            RegisterComponents();
        }

        public Tensor Apply(Tensor features)
        {
            Tensor hidden = nn.functional.gelu(_hidden.Apply(_inputNorm.Apply(features).As(features.dtype)));
            return _outputNorm.Apply(_output.Apply(hidden)).As(features.dtype);
        }
    }
}
