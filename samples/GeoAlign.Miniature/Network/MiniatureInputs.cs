using GeoAlign.Geometry;
using GeoAlign.Models;

namespace GeoAlign.Miniature;

/// <summary>What the network is told about a case, and pixels as its latents.</summary>
internal static class MiniatureInputs
{
    /// <summary>Condition clip and both camera paths.</summary>
    public static RedirectorInputs Of(MiniatureCase item, RoomRenderer renderer) => new()
    {
        Shape = MiniatureNetwork.Shape,
        ConditionFrames = item.Source.Count,
        ConditionLatents = Render(renderer, item.StartCameraToWorld, item.Source.CameraToWorld),
        TargetCamera = PluckerRays.Planes(new CameraTrajectory(AfterStart(item.Requested)), renderer.Intrinsics),
        ConditionCamera = PluckerRays.Planes(item.Source, renderer.Intrinsics),
        Text = null,
    };

    /// <summary>The poses that are generated.</summary>
    public static ReadOnlySpan<SE3> AfterStart(CameraTrajectory requested) => requested.CameraToWorld[1..];

    /// <summary>Latents of the room along a path.</summary>
    public static float[] Render(RoomRenderer renderer, in SE3 startCameraToWorld, ReadOnlySpan<SE3> relative)
    {
        LatentShape shape = MiniatureNetwork.Shape with { Frames = relative.Length };
        float[] planar = new float[relative.Length * renderer.FrameLength], latents = new float[shape.Count];
        renderer.RenderClipPlanar(startCameraToWorld, relative, planar);
        Fold(shape, planar, latents);
        return latents;
    }

    /// <summary>Planes [F, 3, H, W] to latents [12, F, H/2, W/2].</summary>
    public static void Fold(LatentShape shape, ReadOnlySpan<float> planar, Span<float> latents)
    {
        for (int at = 0; at < planar.Length; at++) latents[LatentIndex(shape, at)] = planar[at];
    }

    /// <summary>The inverse of <see cref="Fold"/>.</summary>
    public static void Unfold(LatentShape shape, ReadOnlySpan<float> latents, Span<float> planar)
    {
        for (int at = 0; at < planar.Length; at++) planar[at] = latents[LatentIndex(shape, at)];
    }

    // The channel order of FoldedPixelCodec: 4·colour + 2·row + column inside the cell.
    private static int LatentIndex(LatentShape shape, int at)
    {
        (int line, int x) = Math.DivRem(at, shape.WidthPixels);
        (int plane, int y) = Math.DivRem(line, shape.HeightPixels);
        (int frame, int colour) = Math.DivRem(plane, 3);
        int channel = (colour * 2 + y % 2) * 2 + x % 2;
        return ((channel * shape.Frames + frame) * shape.Height + y / 2) * shape.Width + x / 2;
    }
}
