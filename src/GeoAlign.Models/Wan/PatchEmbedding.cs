using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Joins 2×2 latent cells to a token. A convolution whose kernel equals its stride is a matrix product over patches.</summary>
/// <remarks>
/// Weight <c>[D, channels, 1, 2, 2]</c>: channel slowest. Where the latents have fewer channels than the weight, the others meet zeros and are
/// left out. Tokens run over frames slowest, then rows, then columns.
/// </remarks>
internal sealed class PatchEmbedding : nn.Module
{
    private const int Patch = 2;

    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    public PatchEmbedding(ParameterFactory make, WanConfig config) : base(nameof(PatchEmbedding))
    {
        (_weight, _bias) = (make.Frozen(config.Width, config.InputChannels, 1, Patch, Patch), make.Frozen(config.Width));
        RegisterComponents();
    }

    /// <summary><c>[batch, 16, F, H, W]</c> to <c>[batch, F·H/2·W/2, D]</c>.</summary>
    public Tensor Apply(Tensor latents) => Apply(latents, 0, _bias.As(latents.dtype));

    /// <summary>What channels from <paramref name="firstChannel"/> on add to the tokens of those before them.</summary>
    public Tensor Addition(Tensor latents, long firstChannel) => Apply(latents, firstChannel, null);

    private Tensor Apply(Tensor latents, long firstChannel, Tensor? bias)
    {
        long[] size = latents.shape;
        (long batch, long channels, long frames, long rows, long columns) = (size[0], size[1], size[2], size[3] / Patch, size[4] / Patch);
        Tensor patches = latents.view(batch, channels, frames, rows, Patch, columns, Patch)
            .permute(0, 2, 3, 5, 1, 4, 6)
            .reshape(batch, frames * rows * columns, channels * Patch * Patch);
        Tensor weight = _weight.narrow(1, firstChannel, channels).reshape(_weight.shape[0], channels * Patch * Patch);
        return nn.functional.linear(patches, weight.As(latents.dtype), bias);
    }
}
