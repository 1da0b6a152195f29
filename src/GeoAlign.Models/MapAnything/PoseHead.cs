using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The patch tokens of a view to its camera: translation up to scale and a quaternion, in full precision.</summary>
/// <remarks>The head of Reloc3r (Dong et al. 2025) as MapAnything (arXiv 2509.13414) uses it: residual maps of tokens, their mean, two layers.</remarks>
internal sealed class PoseHead : nn.Module
{
    [ComponentName(Name = "proj")] private readonly TokenConvolution _input;
    [ComponentName(Name = "res_conv")] private readonly ModuleList<Residual> _residuals;
    [ComponentName(Name = "more_mlps")] private readonly Hidden _hidden;
    [ComponentName(Name = "fc_t")] private readonly Projection _translation;
    [ComponentName(Name = "fc_rot")] private readonly Projection _rotation;

    public PoseHead(ParameterFactory make, MapAnythingConfig config) : base(nameof(PoseHead))
    {
        int width = config.PoseWidth;
        _input = new TokenConvolution(make, config.Sharing.Width, width);
        _residuals = nn.ModuleList([.. Enumerable.Range(0, config.PoseBlocks).Select(_ => new Residual(make, width))]);
        _hidden = new Hidden(make, width);
        (_translation, _rotation) = (Projection.Exact(make, width, 3), Projection.Exact(make, width, 4));
        RegisterComponents();
    }

    /// <summary>
    /// <c>[views, patches, width]</c> to <c>[views, 7]</c>: t before the scale factor, then q as x, y, z, w before it is normalised.
    /// </summary>
    public Tensor Apply(Tensor patches)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _input.Apply(patches);
        foreach (Residual residual in _residuals) residual.AddTo(x);
        Tensor view = _hidden.Apply(x.mean([1L]));
        return cat([_translation.Apply(view), _rotation.Apply(view)], dim: 1).MoveToOuterDisposeScope();
    }

    private sealed class Residual : nn.Module
    {
        [ComponentName(Name = "res_conv1")] private readonly TokenConvolution _first;
        [ComponentName(Name = "res_conv2")] private readonly TokenConvolution _second;
        [ComponentName(Name = "res_conv3")] private readonly TokenConvolution _third;

        public Residual(ParameterFactory make, int width) : base(nameof(Residual))
        {
            (_first, _second, _third) =
                (new TokenConvolution(make, width, width), new TokenConvolution(make, width, width), new TokenConvolution(make, width, width));
            RegisterComponents();
        }

        /// <summary>x + ReLU(conv(ReLU(conv(ReLU(conv(x)))))), in place.</summary>
        public void AddTo(Tensor x)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor branch = x;
            foreach (TokenConvolution layer in new[] { _first, _second, _third })
                branch = nn.functional.relu(layer.Apply(branch), inplace: true);
            x.add_(branch);
        }
    }

    /// <summary>The released files number the layers with the activations in between.</summary>
    private sealed class Hidden : nn.Module
    {
        [ComponentName(Name = "0")] private readonly Projection _first;
        [ComponentName(Name = "2")] private readonly Projection _second;

        public Hidden(ParameterFactory make, int width) : base(nameof(Hidden))
        {
            (_first, _second) = (Projection.Exact(make, width, width), Projection.Exact(make, width, width));
            RegisterComponents();
        }

        public Tensor Apply(Tensor x) => nn.functional.relu(_second.Apply(nn.functional.relu(_first.Apply(x))));
    }
}
