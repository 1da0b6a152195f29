using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Norm, SiLU and a causal convolution: the end of the encoder and of the decoder.</summary>
internal sealed class VaeHead : VaeLayer
{
    [ComponentName(Name = "0")] private readonly ChannelNorm _norm;
    [ComponentName(Name = "2")] private readonly CausalConvolution _convolution;

    public VaeHead(ParameterFactory make, long inputs, long outputs) : base(nameof(VaeHead))
    {
        (_norm, _convolution) = (ChannelNorm.OfVideo(make, inputs), new CausalConvolution(make, inputs, outputs));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, ChunkHistory history)
    {
        Tensor activated = _norm.ApplySilu(x);
        x.Dispose();
        return _convolution.Apply(activated, history);
    }
}
