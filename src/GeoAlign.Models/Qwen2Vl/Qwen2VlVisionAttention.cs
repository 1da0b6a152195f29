using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Self-attention of the vision tower. Patches see those of their own frame pair and no others.</summary>
internal sealed class Qwen2VlVisionAttention : nn.Module
{
    private readonly int _heads;
    private readonly ScalarType _exact;
    [ComponentName(Name = "qkv")] private readonly Projection _input;
    [ComponentName(Name = "proj")] private readonly Projection _output;

    public Qwen2VlVisionAttention(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlVisionAttention))
    {
        (_heads, _exact) = (config.VisionHeads, make.Formats.Exact);
        _input = Projection.Frozen(make, config.VisionWidth, 3 * config.VisionWidth);
        _output = Projection.Frozen(make, config.VisionWidth, config.VisionWidth);
        RegisterComponents();
    }

    /// <summary>Attends within each slice of <c>[patches, width]</c>, one slice at a time.</summary>
    public Tensor Apply(Tensor x, HalfRotation position, long slices)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor thirds = _input.Apply(x).unflatten(-1, 3, _heads, x.shape[^1] / _heads);
        Tensor query = position.Apply(thirds.select(1, 0)), key = position.Apply(thirds.select(1, 1)), value = thirds.select(1, 2);
        long length = x.shape[0] / slices;
        Tensor[] attended = new Tensor[slices];
        for (long slice = 0; slice < slices; slice++)
        {
            attended[slice] = ExactSoftmax.Apply(HeadsOf(query, slice), HeadsOf(key, slice), HeadsOf(value, slice), null, _exact)
                .transpose(0, 1).reshape(length, x.shape[1]);
        }

        return _output.Apply(cat(attended, dim: 0)).MoveToOuterDisposeScope();

        Tensor HeadsOf(Tensor all, long slice) => all.narrow(0, slice * length, length).transpose(0, 1);
    }
}
