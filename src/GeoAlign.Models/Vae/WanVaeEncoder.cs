using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Pixels to the parameters of the latent posterior, an eighth as high and wide and a quarter as long.</summary>
internal sealed class WanVaeEncoder : nn.Module
{
    [ComponentName(Name = "conv1")] private readonly CausalConvolution _first;
    [ComponentName(Name = "downsamples")] private readonly ModuleList<VaeLayer> _levels;
    [ComponentName(Name = "middle")] private readonly ModuleList<VaeLayer> _middle;
    [ComponentName(Name = "head")] private readonly VaeHead _head;

    public WanVaeEncoder(ParameterFactory make, WanVaeConfig config) : base(nameof(WanVaeEncoder))
    {
        long[] widths = config.LevelWidths;
        long width = widths[0];
        _first = new CausalConvolution(make, 3, width);
        List<VaeLayer> layers = [];
        for (int level = 0; level < widths.Length; level++)
        {
            for (int block = 0; block < WanVaeConfig.BlocksPerLevel; block++, width = widths[level])
                layers.Add(new VaeResidualBlock(make, width, widths[level]));
            if (level < widths.Length - 1) layers.Add(new VaeDownsampling(make, width, halvesTime: level > 0));
        }

        _levels = nn.ModuleList([.. layers]);
        _middle = nn.ModuleList<VaeLayer>(
            new VaeResidualBlock(make, width, width), new VaeAttention(make, width), new VaeResidualBlock(make, width, width));
        _head = new VaeHead(make, width, 2 * WanVaeConfig.LatentChannels);
        RegisterComponents();
    }

    /// <summary>Mean and log-variance, <c>[1, 32, 1, H/8, W/8]</c>, of the first frame or of four later ones; x is taken over.</summary>
    public Tensor Apply(Tensor x, ChunkHistory history, Action<string, Tensor>? probe)
    {
        x = _first.Apply(x, history);
        probe?.Invoke("enc.conv1", x);
        for (int i = 0; i < _levels.Count; i++)
        {
            x = _levels[i].Apply(x, history);
            probe?.Invoke($"enc.downsamples.{i}", x);
        }

        for (int i = 0; i < _middle.Count; i++)
        {
            x = _middle[i].Apply(x, history);
            probe?.Invoke($"enc.middle{i}", x);
        }

        x = _head.Apply(x, history);
        probe?.Invoke("enc.out", x);
        return x;
    }
}
