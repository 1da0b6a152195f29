using GeoAlign.Geometry;
using GeoAlign.Models;

namespace GeoAlign.Miniature;

/// <summary>What the network is told about a case.</summary>
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
        FoldedPixelCodec.Fold(shape, planar, latents);
        return latents;
    }
}
