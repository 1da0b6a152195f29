using GeoAlign.Rewards;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Raw outputs of the heads.</summary>
/// <param name="Pose"><c>[views, 7]</c>: translation up to scale, then x, y, z, w of a quaternion of any length.</param>
/// <param name="LogScale"><c>[scenes, 1]</c>.</param>
/// <param name="Pixels"><c>[views, 6, H, W]</c>, or null without the dense head.</param>
internal readonly record struct MapAnythingTensors(Tensor Pose, Tensor LogScale, Tensor? Pixels)
{
    // The reference's floor of lengths and of the scale factor.
    private const double Least = 1e-8;

    /// <summary>Applies the activations of the reference and copies the results.</summary>
    public MapAnythingPrediction Download(int scenes, int frames, ImageSize size, MapAnythingMaps maps)
    {
        using DisposeScope scope = NewDisposeScope();
        int views = scenes * frames;
        Tensor factor = LogScale.exp().clamp_min(Least);
        Tensor perView = factor.expand(scenes, frames).reshape(views, 1);
        Tensor rotation = Pose.narrow(1, 3, 4), length = Length(rotation, 1);
        return new MapAnythingPrediction
        {
            Scenes = scenes,
            Frames = frames,
            Size = size,
            QuaternionsXyzw = Copy(rotation / length.clamp_min(Least)),
            QuaternionLengths = Copy(length),
            TranslationsMetres = Copy(Pose.narrow(1, 0, 3) * perView),
            MetricScale = Copy(factor),
            Confidence = maps == MapAnythingMaps.None ? default : Copy(Pixels!.select(1, 4).exp() + 1),
            ValidLogits = maps == MapAnythingMaps.None ? default : Copy(Pixels!.select(1, 5)),
            Rays = maps == MapAnythingMaps.All ? Copy(Unit(Pixels!.narrow(1, 0, 3)).permute(0, 2, 3, 1)) : default,
            DepthMetres = maps == MapAnythingMaps.All ? Copy(Pixels!.select(1, 3).exp() * perView.unsqueeze(-1)) : default,
        };
    }

    private static Tensor Unit(Tensor rays) => rays / Length(rays, 1).clamp_min(Least);

    private static Tensor Length(Tensor x, long axis) => x.square().sum([axis], keepdim: true).sqrt();

    private static ReadOnlyMemory<float> Copy(Tensor x)
    {
        float[] values = new float[x.numel()];
        HostTensors.Copy(x, values);
        return values;
    }
}
