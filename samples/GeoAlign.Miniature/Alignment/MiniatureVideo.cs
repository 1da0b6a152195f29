using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>Generated latents as what rewards and judges look at.</summary>
internal static class MiniatureVideo
{
    private const double FramesPerSecond = 5;

    private static readonly FoldedPixelCodec Codec = new();

    /// <summary>The video as bytes, as it would be written to a file.</summary>
    public static VideoFrames Decode(ReadOnlySpan<float> latents)
    {
        LatentShape shape = MiniatureNetwork.Shape;
        byte[] rgb24 = new byte[shape.VideoBytes];
        Codec.Decode(shape, latents, rgb24);
        return new VideoFrames(rgb24, shape.WidthPixels, shape.HeightPixels, shape.VideoFrames, FramesPerSecond);
    }

    /// <summary>The generated frames after the first as planes, [F − 1, 3, H, W], for the judge.</summary>
    public static float[] MovedFrames(ReadOnlySpan<float> latents)
    {
        LatentShape shape = MiniatureNetwork.Shape;
        float[] planes = new float[shape.Count];
        MiniatureInputs.Unfold(shape, latents, planes);
        for (int i = 0; i < planes.Length; i++) planes[i] = Math.Clamp(planes[i], -1, 1);
        return planes[(planes.Length / shape.Frames)..];
    }
}
