using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>Generated latents as what rewards, judges and viewers look at.</summary>
internal static class MiniatureVideo
{
    /// <summary>Frames per second of the videos; the world knows only speeds per frame.</summary>
    public const int FramesPerSecond = 5;

    private static readonly FoldedPixelCodec Codec = new();

    /// <summary>
    /// The video from the start on: the start frame, which is given, and the generated frames. Were the first frame generated too, a network
    /// could be rewarded for moving it backwards.
    /// </summary>
    public static VideoFrames Decode(MiniatureCase item, ReadOnlySpan<float> latents, RoomRenderer renderer)
    {
        LatentShape shape = MiniatureNetwork.Shape;
        byte[] rgb24 = new byte[renderer.FrameLength + shape.VideoBytes];
        float[] start = new float[renderer.FrameLength];
        renderer.RenderPlanar(item.StartCameraToWorld, start);
        FramePixels.ToRgb24(start, rgb24.AsSpan(0, start.Length));
        Codec.Decode(shape, latents, rgb24.AsSpan(start.Length));
        return Video(rgb24, shape);
    }

    /// <summary>The room itself along the requested path.</summary>
    public static VideoFrames Truth(MiniatureCase item, RoomRenderer renderer)
    {
        byte[] rgb24 = new byte[item.Requested.Count * renderer.FrameLength];
        float[] frame = new float[renderer.FrameLength];
        for (int k = 0; k < item.Requested.Count; k++)
        {
            renderer.RenderPlanar(item.StartCameraToWorld * item.Requested[k], frame);
            FramePixels.ToRgb24(frame, rgb24.AsSpan(k * frame.Length, frame.Length));
        }

        return Video(rgb24, MiniatureNetwork.Shape);
    }

    /// <summary>The generated frames as planes, [F, 3, H, W], for the judge.</summary>
    public static float[] Planes(ReadOnlySpan<float> latents)
    {
        float[] planes = new float[latents.Length];
        FoldedPixelCodec.Unfold(MiniatureNetwork.Shape, latents, planes);
        for (int i = 0; i < planes.Length; i++) planes[i] = Math.Clamp(planes[i], -1, 1);
        return planes;
    }

    private static VideoFrames Video(byte[] rgb24, LatentShape shape) =>
        new(rgb24, shape.WidthPixels, shape.HeightPixels, shape.VideoFrames + 1, FramesPerSecond);
}
