using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Rays, depth, confidence and a mask for every pixel: DPT (Ranftl et al. 2021) in full precision.</summary>
internal sealed class DenseHead : nn.Module
{
    /// <summary>Numbers per pixel: three of the ray, log depth, log (confidence − 1), logit of the mask.</summary>
    public const int Outputs = 6;

    [ComponentName(Name = "0")] private readonly Features _features;
    [ComponentName(Name = "1")] private readonly Regressor _regressor;

    public DenseHead(ParameterFactory make, MapAnythingConfig config, MapAnythingDenseConfig dense) : base(nameof(DenseHead))
    {
        (_features, _regressor) = (new Features(make, config, dense), new Regressor(make, dense));
        RegisterComponents();
    }

    /// <summary>Four maps of tokens <c>[images, rows, columns, width]</c>, finest first, to <c>[images, 6, H, W]</c>, raw.</summary>
    public Tensor Apply(IReadOnlyList<Tensor> maps, int heightPixels, int widthPixels)
    {
        using DisposeScope scope = NewDisposeScope();
        return _regressor.Apply(_features.Apply(maps), heightPixels, widthPixels).MoveToOuterDisposeScope();
    }

    private sealed class Features : nn.Module
    {
        [ComponentName(Name = "input_process")] private readonly ModuleList<DenseInput> _inputs;
        [ComponentName(Name = "scratch")] private readonly Fusions _fusions;

        public Features(ParameterFactory make, MapAnythingConfig config, MapAnythingDenseConfig dense) : base(nameof(Features))
        {
            (int encoder, int sharing, int width, int[] maps) = (config.Encoder.Width, config.Sharing.Width, dense.FeatureWidth, dense.MapWidths);
            _inputs = nn.ModuleList(
                new DenseInput(make, encoder, maps[0], width, DenseConvolution.Enlarging(make, maps[0], 4)),
                new DenseInput(make, sharing, maps[1], width, DenseConvolution.Enlarging(make, maps[1], 2)),
                new DenseInput(make, sharing, maps[2], width, null),
                new DenseInput(make, sharing, maps[3], width, DenseConvolution.Square(make, maps[3], maps[3], stride: 2)));
            _fusions = new Fusions(make, width);
            RegisterComponents();
        }

        public Tensor Apply(IReadOnlyList<Tensor> maps) => _fusions.Apply([.. maps.Select((map, i) => _inputs[i].Apply(map))]);
    }

    private sealed class Fusions : nn.Module
    {
        [ComponentName(Name = "refinenet1")] private readonly DenseFusion _finest;
        [ComponentName(Name = "refinenet2")] private readonly DenseFusion _second;
        [ComponentName(Name = "refinenet3")] private readonly DenseFusion _third;
        [ComponentName(Name = "refinenet4")] private readonly DenseFusion _coarsest;

        public Fusions(ParameterFactory make, int width) : base(nameof(Fusions))
        {
            (_finest, _second, _third) = (new DenseFusion(make, width, true), new DenseFusion(make, width, true), new DenseFusion(make, width, true));
            _coarsest = new DenseFusion(make, width, false);
            RegisterComponents();
        }

        // The coarsest map has half the patches, rounded up; doubled it may be a row or column too large.
        public Tensor Apply(Tensor[] maps)
        {
            long[] patches = maps[2].shape;
            Tensor y = _coarsest.Apply(maps[3], null).narrow(2, 0, patches[2]).narrow(3, 0, patches[3]);
            return _finest.Apply(_second.Apply(_third.Apply(y, maps[2]), maps[1]), maps[0]);
        }
    }

    private sealed class Regressor : nn.Module
    {
        [ComponentName(Name = "conv1")] private readonly DenseConvolution _first;
        [ComponentName(Name = "conv2")] private readonly Last _last;

        public Regressor(ParameterFactory make, MapAnythingDenseConfig dense) : base(nameof(Regressor))
        {
            (_first, _last) = (DenseConvolution.Square(make, dense.FeatureWidth, dense.OutputWidth), new Last(make, dense.OutputWidth));
            RegisterComponents();
        }

        public Tensor Apply(Tensor features, int rows, int columns) => _last.Apply(DenseFusion.Resize(_first.Apply(features), rows, columns));
    }

    /// <summary>The released files number the layers with the activation in between.</summary>
    private sealed class Last : nn.Module
    {
        [ComponentName(Name = "0")] private readonly DenseConvolution _hidden;
        [ComponentName(Name = "2")] private readonly DenseConvolution _output;

        public Last(ParameterFactory make, int width) : base(nameof(Last))
        {
            (_hidden, _output) = (DenseConvolution.Square(make, width, width), DenseConvolution.Pointwise(make, width, Outputs));
            RegisterComponents();
        }

        public Tensor Apply(Tensor x) => _output.Apply(nn.functional.relu(_hidden.Apply(x), inplace: true));
    }
}
