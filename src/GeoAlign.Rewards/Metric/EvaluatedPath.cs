using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>The frames of one video that are evaluated, with the target pose of each.</summary>
internal sealed class EvaluatedPath
{
    private EvaluatedPath(int[] frames, SE3[] poses, int videoFrameCount) => (Frames, Poses, VideoFrameCount) = (frames, poses, videoFrameCount);

    public int[] Frames { get; }

    public SE3[] Poses { get; }

    public int VideoFrameCount { get; }

    /// <summary>Pairs target poses with frames by frame number; never truncates.</summary>
    public static EvaluatedPath Of(VideoRollout rollout, int index, int stride)
    {
        VideoFrames video = rollout.Frames;
        if (rollout.Target is not { } target) throw new ArgumentException($"Rollout {index} has no target path.", nameof(rollout));

        bool everyFrame = rollout.TargetFrames.IsDefaultOrEmpty;
        int expected = everyFrame ? video.FrameCount : rollout.TargetFrames.Length;
        if (target.Count != expected)
        {
            throw new ArgumentException(everyFrame
                ? $"Rollout {index} has {target.Count} target poses for {video.FrameCount} frames; set {nameof(VideoRollout.TargetFrames)} when not every frame has one."
                : $"Rollout {index} has {target.Count} target poses for {rollout.TargetFrames.Length} target frames.", nameof(rollout));
        }

        if (!everyFrame)
        {
            FrameSelection.Validate(rollout.TargetFrames.AsSpan(), video.FrameCount);
            if (rollout.TargetFrames[0] != 0)
                throw new ArgumentException($"Rollout {index}: the first target pose is that of frame {rollout.TargetFrames[0]}; both paths are seen from frame 0, so it must have one.", nameof(rollout));
        }

        int count = (target.Count + stride - 1) / stride;
        int[] frames = new int[count];
        SE3[] poses = new SE3[count];
        for (int i = 0; i < count; i++)
        {
            frames[i] = everyFrame ? i * stride : rollout.TargetFrames[i * stride];
            poses[i] = target[i * stride];
        }

        return new EvaluatedPath(frames, poses, video.FrameCount);
    }

    /// <summary>A part of the evaluated frames; they keep their places in the video.</summary>
    public EvaluatedPath Only(int[] indices) => new([.. indices.Select(i => Frames[i])], [.. indices.Select(i => Poses[i])], VideoFrameCount);
}
