using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(GELU(Lin(x))), weights under the keys 0 and 2. Hendrycks, Gimpel 2016.</summary>
internal sealed class FeedForward : nn.Module
{
    private readonly TorchSharp.Modules.GELU.Approximate _form;
    [ComponentName(Name = "0")] private readonly Projection _hidden;
    [ComponentName(Name = "2")] private readonly Projection _output;

    /// <summary>Makes the layers.</summary>
    /// <param name="make">Device and types.</param>
    /// <param name="inputs">Width of x.</param>
    /// <param name="hidden">Width between the layers.</param>
    /// <param name="outputs">Width of the result.</param>
    /// <param name="form">Exact GELU, x·Φ(x) (CLIP), or its tanh form (Wan).</param>
    public FeedForward(ParameterFactory make, long inputs, long hidden, long outputs, TorchSharp.Modules.GELU.Approximate form)
        : base(nameof(FeedForward))
    {
        _form = form;
        (_hidden, _output) = (Projection.Frozen(make, inputs, hidden), Projection.Frozen(make, hidden, outputs));
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        return _output.Apply(nn.functional.gelu(_hidden.Apply(x), _form)).MoveToOuterDisposeScope();
    }
}
