using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>One of the dense head's four maps: channels mixed, brought to its own size, then to the common width.</summary>
internal sealed class DenseInput : nn.Module
{
    [ComponentName(Name = "0")] private readonly ModuleList<DenseConvolution> _reassemble;
    [ComponentName(Name = "1")] private readonly DenseConvolution _output;

    /// <summary>Makes the layers.</summary>
    /// <param name="make">Device and types.</param>
    /// <param name="inputs">Width of the tokens.</param>
    /// <param name="channels">Channels of this map.</param>
    /// <param name="outputs">Channels of all maps in the end.</param>
    /// <param name="resize">The layer that changes the size; null to keep it.</param>
    public DenseInput(ParameterFactory make, int inputs, int channels, int outputs, DenseConvolution? resize) : base(nameof(DenseInput))
    {
        DenseConvolution mix = DenseConvolution.Pointwise(make, inputs, channels);
        DenseConvolution[] layers = resize is null ? [mix] : [mix, resize];
        _reassemble = nn.ModuleList(layers);
        _output = DenseConvolution.Square(make, channels, outputs, bias: false);
        RegisterComponents();
    }

    /// <summary><c>[images, rows, columns, width]</c> to <c>[images, channels, rows', columns']</c>.</summary>
    public Tensor Apply(Tensor tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tokens.permute(0, 3, 1, 2);
        foreach (DenseConvolution layer in _reassemble) x = layer.Apply(x);
        return _output.Apply(x).MoveToOuterDisposeScope();
    }
}
