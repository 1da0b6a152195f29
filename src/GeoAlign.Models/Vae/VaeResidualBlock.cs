using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Twice norm, SiLU and causal convolution, added to the input.</summary>
internal sealed class VaeResidualBlock : VaeLayer
{
    [ComponentName(Name = "residual")] private readonly Branch _branch;
    [ComponentName(Name = "shortcut")] private readonly PointwiseConvolution? _shortcut;

    public VaeResidualBlock(ParameterFactory make, long inputs, long outputs) : base(nameof(VaeResidualBlock))
    {
        _branch = new Branch(make, inputs, outputs);
        _shortcut = inputs == outputs ? null : new PointwiseConvolution(make, inputs, outputs);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, ChunkHistory history)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor result = _branch.Apply(x, history);
        result.add_(_shortcut is null ? x : _shortcut.Apply(x));
        x.Dispose();
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>The released files number the layers of the branch with the activations (1, 4) and the dropout (5) in between.</summary>
    private sealed class Branch : nn.Module
    {
        [ComponentName(Name = "0")] private readonly ChannelNorm _firstNorm;
        [ComponentName(Name = "2")] private readonly CausalConvolution _firstConvolution;
        [ComponentName(Name = "3")] private readonly ChannelNorm _secondNorm;
        [ComponentName(Name = "6")] private readonly CausalConvolution _secondConvolution;

        public Branch(ParameterFactory make, long inputs, long outputs) : base(nameof(Branch))
        {
            (_firstNorm, _firstConvolution) = (ChannelNorm.OfVideo(make, inputs), new CausalConvolution(make, inputs, outputs));
            (_secondNorm, _secondConvolution) = (ChannelNorm.OfVideo(make, outputs), new CausalConvolution(make, outputs, outputs));
            RegisterComponents();
        }

        /// <summary>Leaves x alone: the caller adds it to the result.</summary>
        public Tensor Apply(Tensor x, ChunkHistory history)
        {
            Tensor activated;
            using (Tensor middle = _firstConvolution.Apply(_firstNorm.ApplySilu(x), history)) activated = _secondNorm.ApplySilu(middle);
            return _secondConvolution.Apply(activated, history);
        }
    }
}
