using GeoAlign.Geometry;
using GeoAlign.Sampling.Tests.Conditions;

namespace GeoAlign.Sampling.Tests.Drawing;

public sealed class ConditionSamplerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ConditionSamplerTests()
    {
        foreach (string name in new[] { "a-40.mp4", "broken-40.mp4", "c-30.mp4" }) File.WriteAllText(_folder[name], name);
        File.WriteAllText(_folder["a-40.txt"], "a street");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_condition_can_be_drawn_again_by_itself_from_its_manifest_line()
    {
        ConditionSampler sampler = Sampler(), another = Sampler();

        for (int i = 0; i < 12; i++)
        {
            ManifestEntry entry = (await sampler.DrawAsync(4, i / 2, i % 2)).ToManifestEntry();
            Assert.Empty(entry.Problems());
            Assert.Empty(await another.DifferencesAsync(entry));
        }

        ManifestEntry first = (await sampler.DrawAsync(4, 0, 0)).ToManifestEntry();
        Assert.NotEmpty(await another.DifferencesAsync(first with { Seed = 5 }));
        IReadOnlyList<string> speeds = await Sampler(new(0.1, 0.02, 0.05, 0.2)).DifferencesAsync(first);
        Assert.Contains(speeds, d => d.StartsWith("τ_trans was ", StringComparison.Ordinal));
        Assert.Contains(speeds, d => d.StartsWith("pose 1 of the target", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_target_follows_the_rate_of_the_clip_and_the_manifest_holds_its_poses()
    {
        Condition condition = await Sampler().DrawAsync(4, 3, 1);

        Assert.Equal((new FrameRate(30), condition.Clip.Video.FrameRate), (condition.Target.FrameRate, condition.Target.FrameRate));
        double top = TrajectorySpeeds.Of(condition.Target.Trajectory).MaximumTranslationMetresPerFrame;
        Assert.Equal(condition.Target.TranslationMetresPerSecond / 30, top, 1e-6);
        CameraTrajectory noted = condition.ToManifestEntry().Target.Trajectory();
        Assert.All(noted.Zip(condition.Target.Trajectory), p => Assert.True(Vector3d.Distance(p.First.Translation, p.Second.Translation) < 1e-15 && SO3.GeodesicDistance(p.First.Rotation, p.Second.Rotation) < 1e-15));
    }

    [Fact]
    public async Task The_summary_counts_every_refusal_and_rejection()
    {
        ConditionSampler sampler = Sampler();
        DrawSummary summary = new();
        int refused = 0, rejected = 0, without = 0;
        for (int i = 0; i < 30; i++)
        {
            Condition condition = await sampler.DrawAsync(4, i, 0);
            summary.Add(condition);
            refused += condition.Clip.Refused.Count;
            rejected += condition.Target.Rejected.Count;
            if (condition.Prompt.IsMissing) without++;
        }

        Assert.True(refused > 0 && rejected > 0 && without > 0);
        Assert.Equal((30, refused, rejected, without), (summary.Conditions, summary.RefusedClips[VideoProblem.Damaged], summary.RejectedPaths[PathRejection.Static], summary.MissingPrompts));
        Assert.Equal(refused, summary.RefusedVideos["broken-40.mp4"]);
        Assert.Equal(30, summary.Videos.Values.Sum());
        Assert.Equal(30, summary.SourceCameras[SourceCameraOrigin.Missing]);
        Assert.Equal(0, summary.QuarantineHits);
    }

    [Fact]
    public async Task A_clip_without_a_camera_is_refused_where_one_is_needed()
    {
        ConditionSampler sampler = Sampler(estimator: new LateFrames(), required: true);
        int refused = 0;

        for (int i = 0; i < 12; i++)
        {
            Condition condition = await sampler.DrawAsync(4, i, 0);

            Assert.True(condition.Clip.StartFrame >= 15);
            Assert.Equal(SourceCameraOrigin.Estimated, condition.SourceCamera.Origin);
            Assert.Equal(Enumerable.Range(0, condition.Clip.Attempt), condition.Clip.Refused.Select(r => r.Attempt));
            ClipRefusal[] dark = [.. condition.Clip.Refused.Where(r => r.Kind == VideoProblem.Other)];
            Assert.All(dark, r => Assert.EndsWith("have no camera path: too dark", r.Reason, StringComparison.Ordinal));
            refused += dark.Length;
        }

        Assert.True(refused > 0);
    }

    [Fact]
    public async Task A_draw_that_gives_up_says_what_it_tried()
    {
        ConditionSampler sampler = Sampler(estimator: new Blind(), required: true);
        DrawSummary summary = new();

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => sampler.DrawAsync(4, 0, 0));
        summary.AddFailure(error);

        Assert.Equal(Enumerable.Range(0, 60), error.Refused.Select(r => r.Attempt));
        Assert.Contains("none of 60 videos drawn for iteration 0, group 0 could be used: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("have no camera path: sees nothing", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0, 60), (summary.Failures, summary.Conditions, summary.RefusedClips.Values.Sum()));
        Assert.True(summary.RefusedClips[VideoProblem.Damaged] > 0);
    }

    [Fact]
    public void Lengths_must_agree()
    {
        ConditionClipSource clips = new([_folder["a-40.mp4"]], new() { FrameCount = 5, Size = new(4, 2) }, new VideoReader(new ImaginaryVideos()));

        Assert.Contains("Clips have 5 frames, target paths 81", Assert.Throws<ArgumentException>(() => new ConditionSampler(clips, new TargetPathSource(new SplinePaths(), new()))).Message, StringComparison.Ordinal);
    }

    private ConditionSampler Sampler(TruncatedGaussian? speed = null, ISourceCameraEstimator? estimator = null, bool required = false)
    {
        ConditionClipOptions options = new() { FrameCount = 5, Size = new(4, 2), WhenUnreadable = UnreadableClipResponse.Redraw, MaximumAttempts = 60 };
        TargetPathOptions targets = new() { FrameCount = 5 };
        PathMixture paths = new((new SplinePaths(), 2), (new RecordedPaths([new("still", TrajectoryPresets.Static(5))]), 1));
        return new ConditionSampler(
            new ConditionClipSource([_folder["a-40.mp4"], _folder["broken-40.mp4"], _folder["c-30.mp4"]], options, new VideoReader(new ImaginaryVideos())),
            new TargetPathSource(paths, speed is null ? targets : targets with { TranslationMetresPerSecond = speed }),
            estimator is null ? null : new SourceCameras(estimator)) { RequireSourceCamera = required };
    }

    /// <summary>Knows the camera of clips that begin with grey 15 or brighter, that is with frame 15 or later.</summary>
    private sealed class LateFrames : ISourceCameraEstimator
    {
        public string Identity => "late frames";

        public Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default) => Task.FromResult(clip.Frame(0).Span[0] < 15
            ? SourceCameraEstimate.Failed("too dark")
            : SourceCameraEstimate.Of(TrajectoryPresets.Dolly(clip.FrameCount, 1)));
    }

    private sealed class Blind : ISourceCameraEstimator
    {
        public string Identity => "blind";

        public Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default) => Task.FromResult(SourceCameraEstimate.Failed("sees nothing"));
    }
}
