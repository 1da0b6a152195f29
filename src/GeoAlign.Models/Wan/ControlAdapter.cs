using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// Camera maps at pixel resolution to one vector per token: fold a cell's pixels (8×8) into channels, 2×2 convolution with stride 2,
/// one residual block.
/// </summary>
/// <remarks>
/// Wan2.1-Fun Control-Camera <c>SimpleAdapter</c>. It belongs to the frozen base, so its result is computed once per condition.
/// </remarks>
internal sealed class ControlAdapter : nn.Module
{
    private const int Patch = 2;

    [ComponentName(Name = "conv")] private readonly PatchConvolution _convolution;
    [ComponentName(Name = "residual_blocks")] private readonly ModuleList<ResidualBlock> _residualBlocks;

    public ControlAdapter(ParameterFactory make, WanConfig config) : base(nameof(ControlAdapter))
    {
        _convolution = new PatchConvolution(make, config);
        _residualBlocks = nn.ModuleList(new ResidualBlock(make, config.Width));
        RegisterComponents();
    }

    /// <summary>Maps of latent frames, <c>[frames, 24, H, W]</c> pixels, to tokens <c>[frames·H/16·W/16, D]</c>; other numbers in other layouts.</summary>
    public Tensor Apply(Tensor maps)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = _residualBlocks[0].Apply(_convolution.Apply(maps));
        return features.permute(0, 2, 3, 1).reshape(-1, features.shape[1]).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Pixel-unshuffle by the cell, 8 (channel = c·64 + r·8 + s), then a convolution whose kernel equals its stride: one matrix product.
    /// </summary>
    private sealed class PatchConvolution : nn.Module
    {
        private readonly long _cell;
        [ComponentName(Name = "weight")] private readonly Parameter _weight;
        [ComponentName(Name = "bias")] private readonly Parameter _bias;

        public PatchConvolution(ParameterFactory make, WanConfig config) : base(nameof(PatchConvolution))
        {
            _cell = config.Latents.PixelsPerCell;
            (_weight, _bias) = (make.Frozen(config.Width, config.Latents.FoldedCameraChannels, Patch, Patch), make.Frozen(config.Width));
            RegisterComponents();
        }

        public Tensor Apply(Tensor maps)
        {
            long[] size = maps.shape;
            (long frames, long channels, long rows, long columns) = (size[0], size[1], size[2] / (Patch * _cell), size[3] / (Patch * _cell));
            Tensor patches = maps.view(frames, channels, rows, Patch, _cell, columns, Patch, _cell)      // f, c, i, p, r, j, q, s
                .permute(0, 2, 5, 1, 4, 7, 3, 6)                                                  // f, i, j, c, r, s, p, q
                .reshape(frames, rows * columns, channels * _cell * _cell * Patch * Patch);
            Tensor tokens = nn.functional.linear(patches, _weight.view(_weight.shape[0], -1).As(maps.dtype), _bias.As(maps.dtype));
            return tokens.transpose(1, 2).reshape(frames, -1, rows, columns);
        }
    }

    private sealed class ResidualBlock : nn.Module
    {
        [ComponentName(Name = "conv1")] private readonly Convolution3x3 _first;
        [ComponentName(Name = "conv2")] private readonly Convolution3x3 _second;

        public ResidualBlock(ParameterFactory make, long width) : base(nameof(ResidualBlock))
        {
            (_first, _second) = (new Convolution3x3(make, width), new Convolution3x3(make, width));
            RegisterComponents();
        }

        public Tensor Apply(Tensor x) => x + _second.Apply(_first.Apply(x).relu());
    }
}
