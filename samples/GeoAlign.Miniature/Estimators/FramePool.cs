using System.Runtime.InteropServices;
using GeoAlign.Geometry;
using GeoAlign.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Rendered frames of many clips with their poses: what the estimators learn the room from.</summary>
/// <remarks>
/// The clips move κ times the translation and ρ times the rotation of a requested path, κ uniform in (0.3, 1.15) and ρ in (0.5, 1.1), so that both
/// short and full moves are known. Each frame has a neighbour of the same clip to be mixed with: few-step samples of a generator are close to
/// means over nearby views. The pose of such a mix is the mean pose, since to first order (1 − w)·I(a) + w·I(b) = I((1 − w)·a + w·b); its clean
/// picture is rendered there.
/// </remarks>
internal sealed class FramePool : IDisposable
{
    private const int DrawGroup = 1000;                  // apart from the sets of MiniatureWorld
    private const int FramesPerClip = MiniatureWorld.PathPoses;

    private FramePool(Tensor plain, Tensor plainPose, Tensor neighbour, Tensor weight, Tensor mixed, Tensor mixedPose) =>
        (Plain, PlainPose, Neighbour, Weight, Mixed, MixedPose) = (plain, plainPose, neighbour, weight, mixed, mixedPose);

    /// <summary>Pictures [N, 768] in [−1, 1], planes.</summary>
    public Tensor Plain { get; }

    /// <summary>Their <see cref="PoseCoordinates"/>, [N, 6].</summary>
    public Tensor PlainPose { get; }

    /// <summary>Index of the frame to mix with, [N].</summary>
    public Tensor Neighbour { get; }

    /// <summary>Its share w, [N].</summary>
    public Tensor Weight { get; }

    /// <summary>The room seen from the mixed pose, [N, 768].</summary>
    public Tensor Mixed { get; }

    /// <summary>The mixed pose, [N, 6].</summary>
    public Tensor MixedPose { get; }

    public long Count => Plain.shape[0];

    /// <summary>Renders a pool; a function of its arguments.</summary>
    public static FramePool Render(RoomRenderer renderer, FramePoolOptions options)
    {
        int count = options.Clips * FramesPerClip, length = renderer.FrameLength;
        float[] plain = new float[count * length], mixed = new float[count * length];
        float[] plainPose = new float[count * PoseCoordinates.Count], mixedPose = new float[count * PoseCoordinates.Count];
        long[] neighbours = new long[count];
        float[] weights = new float[count];
        SE3[] poses = new SE3[FramesPerClip];
        for (int clip = 0; clip < options.Clips; clip++)
        {
            ClipPoses(options, clip, poses);
            CounterRandom random = new(options.Seed, RandomPurpose.SyntheticScene, clip, DrawGroup, member: 1);
            for (int k = 0; k < FramesPerClip; k++)
            {
                int i = clip * FramesPerClip + k;
                int step = random.Uniform((uint)(3 * k)) < 0.75 ? 1 : 2;
                int other = random.Uniform((uint)(3 * k + 1)) < 0.5 ? k - step : k + step;
                if (other < 0 || other >= FramesPerClip) other = 2 * k - other;
                double weight = options.LargestGhost * random.Uniform((uint)(3 * k + 2));
                SE3 between = new(SO3.Exp((1 - weight) * poses[k].Rotation.Log() + weight * poses[other].Rotation.Log()),
                    (1 - weight) * poses[k].Translation + weight * poses[other].Translation);

                (neighbours[i], weights[i]) = (clip * FramesPerClip + other, (float)weight);
                renderer.RenderPlanar(poses[k], plain.AsSpan(i * length, length));
                renderer.RenderPlanar(between, mixed.AsSpan(i * length, length));
                PoseCoordinates.Write(poses[k], plainPose.AsSpan(i * PoseCoordinates.Count, PoseCoordinates.Count));
                PoseCoordinates.Write(between, mixedPose.AsSpan(i * PoseCoordinates.Count, PoseCoordinates.Count));
            }
        }

        return new(
            TensorValues.From(plain, count, length), TensorValues.From(plainPose, count, PoseCoordinates.Count), from_array(neighbours),
            TensorValues.From(weights, count), TensorValues.From(mixed, count, length), TensorValues.From(mixedPose, count, PoseCoordinates.Count));
    }

    public void Dispose()
    {
        foreach (Tensor tensor in new[] { Plain, PlainPose, Neighbour, Weight, Mixed, MixedPose }) tensor.Dispose();
    }

    // World poses of one clip; κ and ρ are drawn again where the clip would leave the part of the room that cases stay in by more than a little.
    private static void ClipPoses(FramePoolOptions options, int clip, Span<SE3> poses)
    {
        MiniatureCase drawn = MiniatureWorld.Draw(options.Seed, options.Set, options.FirstCase + clip);
        CounterRandom random = new(options.Seed, RandomPurpose.SyntheticScene, clip, DrawGroup);
        for (uint attempt = 0; ; attempt++)
        {
            MotionFlaw motion = new(0.3 + 0.85 * random.Uniform(2 * attempt), 0.5 + 0.6 * random.Uniform(2 * attempt + 1));
            bool inside = true;
            for (int k = 0; k < poses.Length; k++)
            {
                poses[k] = drawn.StartCameraToWorld * motion.Applied(drawn.Requested[k]);
                inside &= Room.Contains(poses[k].Translation);
            }

            if (inside) return;
        }
    }
}
