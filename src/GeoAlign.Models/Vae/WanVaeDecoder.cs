using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Latents to pixels: one frame for the first latent frame, four for every later one.</summary>
internal sealed class WanVaeDecoder : nn.Module
{
    [ComponentName(Name = "conv1")] private readonly CausalConvolution _first;
    [ComponentName(Name = "middle")] private readonly ModuleList<VaeLayer> _middle;
    [ComponentName(Name = "upsamples")] private readonly ModuleList<VaeLayer> _levels;
    [ComponentName(Name = "head")] private readonly VaeHead _head;

    public WanVaeDecoder(ParameterFactory make, WanVaeConfig config) : base(nameof(WanVaeDecoder))
    {
        long[] widths = config.LevelWidths;
        long width = widths[^1];
        _first = new CausalConvolution(make, WanVaeConfig.LatentChannels, width);
        _middle = nn.ModuleList<VaeLayer>(
            new VaeResidualBlock(make, width, width), new VaeAttention(make, width), new VaeResidualBlock(make, width, width));
        List<VaeLayer> layers = [];
        for (int level = widths.Length - 1; level >= 0; level--)
        {
            for (int block = 0; block <= WanVaeConfig.BlocksPerLevel; block++, width = widths[level])
                layers.Add(new VaeResidualBlock(make, width, widths[level]));
            if (level == 0) break;
            layers.Add(new VaeUpsampling(make, width, doublesTime: level > 1));
            width /= 2;
        }

        _levels = nn.ModuleList([.. layers]);
        _head = new VaeHead(make, width, 3);
        RegisterComponents();
    }

    /// <summary>Pixels <c>[1, 3, 1 or 4, 8h, 8w]</c>, not clamped, of the clip's next latent frame; x is taken over.</summary>
    public Tensor Apply(Tensor x, ChunkHistory history, Action<string, Tensor>? probe)
    {
        x = _first.Apply(x, history);
        probe?.Invoke("dec.conv1", x);
        for (int i = 0; i < _middle.Count; i++)
        {
            x = _middle[i].Apply(x, history);
            probe?.Invoke($"dec.middle{i}", x);
        }

        for (int i = 0; i < _levels.Count; i++)
        {
            x = _levels[i].Apply(x, history);
            probe?.Invoke($"dec.upsamples.{i}", x);
        }

        x = _head.Apply(x, history);
        probe?.Invoke("dec.out_raw", x);
        return x;
    }
}
