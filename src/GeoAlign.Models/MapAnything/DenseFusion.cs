using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Joins a coarse map with a finer one and doubles the size. Lin et al. 2017 (RefineNet), as in DPT (Ranftl et al. 2021).</summary>
internal sealed class DenseFusion : nn.Module
{
    [ComponentName(Name = "resConfUnit1")] private readonly Unit? _finer;
    [ComponentName(Name = "resConfUnit2")] private readonly Unit _joined;
    [ComponentName(Name = "out_conv")] private readonly DenseConvolution _output;

    /// <summary>Makes the layers; the coarsest fusion has no finer map to join.</summary>
    public DenseFusion(ParameterFactory make, int width, bool joins) : base(nameof(DenseFusion))
    {
        _finer = joins ? new Unit(make, width) : null;
        _joined = new Unit(make, width);
        _output = DenseConvolution.Pointwise(make, width, width);
        RegisterComponents();
    }

    /// <summary>Maps <c>[images, width, rows, columns]</c> of one size to one of twice the size.</summary>
    public Tensor Apply(Tensor coarse, Tensor? finer)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _joined.Apply(finer is null ? coarse : coarse + _finer!.Apply(finer));
        return _output.Apply(Resize(x, 2 * x.shape[2], 2 * x.shape[3])).MoveToOuterDisposeScope();
    }

    /// <summary>Bilinear, corner pixels on corner pixels.</summary>
    public static Tensor Resize(Tensor x, long rows, long columns) =>
        nn.functional.interpolate(x, size: [rows, columns], mode: InterpolationMode.Bilinear, align_corners: true);

    /// <summary>x + conv(ReLU(conv(ReLU(x)))).</summary>
    private sealed class Unit : nn.Module
    {
        [ComponentName(Name = "conv1")] private readonly DenseConvolution _first;
        [ComponentName(Name = "conv2")] private readonly DenseConvolution _second;

        public Unit(ParameterFactory make, int width) : base(nameof(Unit))
        {
            (_first, _second) = (DenseConvolution.Square(make, width, width), DenseConvolution.Square(make, width, width));
            RegisterComponents();
        }

        public Tensor Apply(Tensor x)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor inner = nn.functional.relu(_first.Apply(nn.functional.relu(x)), inplace: true);
            return _second.Apply(inner).add_(x).MoveToOuterDisposeScope();
        }
    }
}
