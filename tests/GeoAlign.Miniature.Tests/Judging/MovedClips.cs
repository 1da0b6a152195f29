using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Miniature.Tests;

/// <summary>Clips with known poses: the room seen from a multiple of the requested path, plus white noise.</summary>
internal static class MovedClips
{
    public static RoomRenderer Renderer { get; } = new(Room.FromSeed(1));

    public static MiniatureCase[] Cases(int count) => [.. Enumerable.Range(0, count).Select(i => MiniatureWorld.Draw(1, MiniatureSet.Validation, i))];

    public static ReadOnlyMemory<float> Render(MiniatureCase drawn, MotionFlaw motion, double noise)
    {
        float[] clip = new float[MiniatureWorld.GeneratedFrames * Renderer.FrameLength], white = new float[clip.Length];
        Renderer.RenderClipPlanar(drawn.StartCameraToWorld, motion.Applied(drawn.Requested).CameraToWorld[1..], clip);
        new CounterRandom(2, RandomPurpose.InitialNoise, drawn.Index).Normals(white);
        for (int i = 0; i < clip.Length; i++) clip[i] += (float)noise * white[i];
        return clip;
    }

    /// <summary>Mean errors over all generated frames, in metres and degrees, and the largest one in metres.</summary>
    public static (double Metres, double Degrees, double LargestMetres) Errors(MiniatureCase[] cases, MotionFlaw motion, IEnumerable<CameraTrajectory> estimated)
    {
        TrajectoryError[] errors = [.. estimated.Zip(cases, (e, c) => TrajectoryError.Between(e, motion.Applied(c.Requested), [0, 1, 1, 1, 1, 1]))];
        return (
            errors.Average(e => e.TranslationMetres), double.RadiansToDegrees(errors.Average(e => e.RotationRadians)),
            errors.Max(e => e.FrameTranslationMetres.ToArray().Max()));
    }
}
