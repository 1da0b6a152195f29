using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The scene token to the logarithm of the scene's scale factor, in full precision.</summary>
internal sealed class ScaleHead : nn.Module
{
    [ComponentName(Name = "proj")] private readonly Projection _input;
    [ComponentName(Name = "mlp")] private readonly ModuleList<Layer> _layers;
    [ComponentName(Name = "output_proj")] private readonly Projection _output;

    public ScaleHead(ParameterFactory make, MapAnythingConfig config) : base(nameof(ScaleHead))
    {
        _input = Projection.Exact(make, config.Sharing.Width, config.ScaleWidth);
        _layers = nn.ModuleList([.. Enumerable.Range(0, config.ScaleLayers).Select(_ => new Layer(make, config.ScaleWidth))]);
        _output = Projection.Exact(make, config.ScaleWidth, 1);
        RegisterComponents();
    }

    /// <summary><c>[scenes, width]</c> to <c>[scenes, 1]</c>.</summary>
    public Tensor Apply(Tensor tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _input.Apply(tokens);
        foreach (Layer layer in _layers) x = layer.Apply(x);
        return _output.Apply(x).MoveToOuterDisposeScope();
    }

    private sealed class Layer : nn.Module
    {
        [ComponentName(Name = "0")] private readonly Projection _map;

        public Layer(ParameterFactory make, int width) : base(nameof(Layer))
        {
            _map = Projection.Exact(make, width, width);
            RegisterComponents();
        }

        public Tensor Apply(Tensor x) => nn.functional.relu(_map.Apply(x));
    }
}
