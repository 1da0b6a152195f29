using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Metric;

/// <summary>Poses of the golden file: matrices [N, 4, 4] read by the route a network's output takes.</summary>
internal static class GoldenPaths
{
    public static FixtureTensors File { get; } = FixtureTensors.Load("rewards", "geometry_reward.safetensors");

    public static string[] Cases { get; } =
        ["case0", "case1", "case2", "degenerate.identical", "degenerate.half_speed", "degenerate.last_frame_rotated_pi", "degenerate.last_frame_rotated_1e-7", "degenerate.static_target"];

    /// <summary>The seven rows of the golden weights.</summary>
    public static FrameWeighting[] Weightings { get; } =
    [
        FrameWeighting.Uniform, FrameWeighting.Linear, FrameWeighting.LinearFromZero,
        FrameWeighting.Affine(1), FrameWeighting.Affine(3), FrameWeighting.Power(2), FrameWeighting.Exponential(1.5),
    ];

    public static SE3?[] Estimated(string name)
    {
        FixtureTensor tensor = File[name];
        SE3?[] poses = new SE3?[tensor.Shape[0]];
        for (int i = 0; i < poses.Length; i++)
        {
            NetworkPose pose = NetworkPose.FromMatrix(tensor.Row(i), maxDeterminantError: 0.1);
            poses[i] = pose.Problem is null ? pose.Pose : null;
        }

        return poses;
    }

    public static SE3[] Target(string name) => [.. Estimated(name).Select(p => p!.Value)];
}
