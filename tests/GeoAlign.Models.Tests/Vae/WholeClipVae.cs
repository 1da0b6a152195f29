using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>
/// The autoencoder on a whole clip at once, without chunks or memory of them: an independent form of the same function, written with
/// plain convolutions over the weights of a network. Tensors are <c>[1, C, T, H, W]</c>.
/// </summary>
internal sealed class WholeClipVae(WanVae network)
{
    private readonly Dictionary<string, Parameter> _weights = network.named_parameters().ToDictionary(p => p.Item1, p => p.Item2);

    /// <summary>Posterior means before normalisation.</summary>
    public Tensor Encode(Tensor video)
    {
        Tensor x = Causal(video, "encoder.conv1");
        for (int i = 0; i < 11; i++)
        {
            string path = $"encoder.downsamples.{i}";
            x = i is 2 or 5 or 8 ? Down(x, path, halvesTime: i > 2) : Residual(x, path);
        }

        x = Head(Middle(x, "encoder.middle"), "encoder.head");
        return Convolution(x, "conv1").narrow(1, 0, 16);
    }

    /// <summary>Pixels before clamping, of latents that are already out of normalised units.</summary>
    public Tensor Decode(Tensor latents)
    {
        Tensor x = Causal(Convolution(latents, "conv2"), "decoder.conv1");
        x = Middle(x, "decoder.middle");
        for (int i = 0; i < 15; i++)
        {
            string path = $"decoder.upsamples.{i}";
            x = i is 3 or 7 or 11 ? Up(x, path, doublesTime: i < 11) : Residual(x, path);
        }

        return Head(x, "decoder.head");
    }

    private Tensor Middle(Tensor x, string path) => Residual(Attention(Residual(x, path + ".0"), path + ".1"), path + ".2");

    private Tensor Head(Tensor x, string path) => Causal(nn.functional.silu(Norm(x, path + ".0")), path + ".2");

    private Tensor Residual(Tensor x, string path)
    {
        Tensor y = Causal(nn.functional.silu(Norm(x, path + ".residual.0")), path + ".residual.2");
        y = Causal(nn.functional.silu(Norm(y, path + ".residual.3")), path + ".residual.6");
        return y + (_weights.ContainsKey(path + ".shortcut.weight") ? Convolution(x, path + ".shortcut") : x);
    }

    private Tensor Attention(Tensor x, string path)
    {
        long channels = x.shape[1], frames = x.shape[2], rows = x.shape[3], columns = x.shape[4];
        Tensor normed = ByFrame(Norm(x, path + ".norm"));
        Tensor qkv = nn.functional.conv2d(normed, _weights[path + ".to_qkv.weight"], _weights[path + ".to_qkv.bias"]);
        Tensor[] parts = qkv.view(frames, 3, channels, rows * columns).unbind(1);
        Tensor scores = (parts[0].transpose(1, 2).matmul(parts[1]) / Math.Sqrt(channels)).softmax(-1);      // frames, query, key
        Tensor attended = parts[2].matmul(scores.transpose(1, 2)).view(frames, channels, rows, columns);
        Tensor projected = nn.functional.conv2d(attended, _weights[path + ".proj.weight"], _weights[path + ".proj.bias"]);
        return x + ByChannel(projected);
    }

    private Tensor Norm(Tensor x, string path) =>
        nn.functional.normalize(x, p: 2, dim: 1) * Math.Sqrt(x.shape[1]) * _weights[path + ".gamma"].view(1, -1, 1, 1, 1);

    // y₀ = x₀; y_j sees x_{2j−2}, x_{2j−1}, x_{2j}.
    private Tensor Down(Tensor x, string path, bool halvesTime)
    {
        Tensor padded = nn.functional.pad(ByFrame(x), [0L, 1, 0, 1]);
        Tensor y = ByChannel(nn.functional.conv2d(
            padded, _weights[path + ".resample.1.weight"], _weights[path + ".resample.1.bias"], strides: [2, 2]));
        if (!halvesTime || y.shape[2] == 1) return y;
        Tensor later = nn.functional.conv3d(
            y, _weights[path + ".time_conv.weight"], _weights[path + ".time_conv.bias"], strides: [2, 1, 1]);
        return cat([y.narrow(2, 0, 1), later], dim: 2);
    }

    // Frame 0 passes; frames 1, 2, … are a causal sequence of their own and double.
    private Tensor Up(Tensor x, string path, bool doublesTime)
    {
        if (doublesTime && x.shape[2] > 1)
        {
            Tensor pairs = Causal(x.narrow(2, 1, x.shape[2] - 1), path + ".time_conv");
            Tensor[] halves = pairs.chunk(2, dim: 1);
            Tensor later = stack(halves, dim: 3).flatten(2, 3);
            x = cat([x.narrow(2, 0, 1), later], dim: 2);
        }

        Tensor larger = nn.functional.interpolate(ByFrame(x), scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        return ByChannel(nn.functional.conv2d(
            larger, _weights[path + ".resample.1.weight"], _weights[path + ".resample.1.bias"], padding: [1, 1]));
    }

    private Tensor Causal(Tensor x, string path)
    {
        Parameter weight = _weights[path + ".weight"];
        long side = weight.shape[4] / 2;
        return nn.functional.conv3d(
            nn.functional.pad(x, [side, side, side, side, 2L, 0]), weight, _weights[path + ".bias"]);
    }

    private Tensor Convolution(Tensor x, string path) =>
        nn.functional.conv3d(x, _weights[path + ".weight"], _weights[path + ".bias"]);

    private static Tensor ByFrame(Tensor x) => x.squeeze(0).transpose(0, 1).contiguous();

    private static Tensor ByChannel(Tensor frames) => frames.transpose(0, 1).unsqueeze(0);
}
