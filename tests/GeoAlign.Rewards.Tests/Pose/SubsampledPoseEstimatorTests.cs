using System.Collections.Immutable;
using GeoAlign.Geometry;
using GeoAlign.Rewards.Tests.Metric;

namespace GeoAlign.Rewards.Tests.Pose;

public class SubsampledPoseEstimatorTests
{
    private const int Frames = 9;

    private static readonly SE3[] Target = new Random(5).NextPath(Frames), Found = new Random(6).NextPath(Frames);

    [Fact]
    public async Task Estimate_keeps_its_numbers_and_gets_the_frames_of_the_whole_video()
    {
        FakeEstimator inner = new((video, _) => PoseEstimationResult.Of(new PoseEstimate(Picked(Found, 0, 6), [0, 2], isMetric: true)
        {
            MetricScale = 2.5,
            Rejections = [new FrameRejection(1, "blurred")],
            Confidence = [new(1, 0.1), new(2, 0.2), new(3, 0.3)],
        }));
        SubsampledPoseEstimator estimator = new(inner, FrameSubsampling.EveryFrame(3));

        PoseEstimate estimate = (await estimator.EstimateAsync([Videos.Counting(2, 1, Frames)]))[0].Estimate!;

        Assert.Equal([0, 6], (int[])[.. estimate.Frames]);
        Assert.Equal([1, 2, 4, 5, 7, 8], (int[])[.. estimate.OmittedFrames]);
        Assert.Equal([new FrameRejection(3, "blurred")], (FrameRejection[])[.. estimate.Rejections]);
        Assert.Equal((2.5, true), (estimate.MetricScale, estimate.IsMetric));
        Assert.Equal(Found[0], estimate.ReferenceResidual);
        Assert.Equal(Picked(Found, 0, 6).RelativeToFirst()[1], estimate.Trajectory[1]);
        Assert.Equal(Frames, estimate.Confidence!.Value.Length);
        Assert.Equal([new(1, 0.1), default, default, new(2, 0.2), default, default, new(3, 0.3), default, default], (FrameConfidence[])[.. estimate.Confidence.Value]);
    }

    [Fact]
    public async Task Network_sees_the_pixels_of_the_policy_s_frames()
    {
        FakeEstimator inner = Answering();
        SubsampledPoseEstimator estimator = new(inner, FrameSubsampling.AtMost(3));
        VideoFrames first = Videos.Counting(2, 1, Frames), second = Videos.Counting(2, 1, 2);

        IReadOnlyList<PoseEstimationResult> results = await estimator.EstimateAsync([first, second]);

        Assert.Equal(first.Select([0, 4, 8]).Rgb24.ToArray(), inner.Seen[0].Rgb24.ToArray());
        Assert.Same(second, inner.Seen[1]);
        Assert.Equal([0, 4, 8], (int[])[.. results[0].Estimate!.Frames]);
        Assert.Empty(results[1].Estimate!.OmittedFrames);
    }

    [Fact]
    public async Task Failures_and_the_meaning_of_lengths_pass_through()
    {
        SubsampledPoseEstimator estimator = new(new FakeEstimator((_, _) => PoseEstimationResult.Failed("fog"), isMetric: false), FrameSubsampling.EveryFrame(2));

        Assert.False(estimator.IsMetric);
        Assert.Equal("fog", (await estimator.EstimateAsync([Videos.Counting(2, 1, 5)]))[0].Reason);
    }

    [Fact]
    public async Task One_policy_within_another_omits_the_frames_of_both()
    {
        SubsampledPoseEstimator estimator = new(new SubsampledPoseEstimator(Answering(), FrameSubsampling.EveryFrame(2)), FrameSubsampling.EveryFrame(2));

        PoseEstimate estimate = (await estimator.EstimateAsync([Videos.Counting(2, 1, Frames)]))[0].Estimate!;

        Assert.Equal([0, 4, 8], (int[])[.. estimate.Frames]);
        Assert.Equal([1, 2, 3, 5, 6, 7], (int[])[.. estimate.OmittedFrames]);
    }

    [Fact]
    public async Task Estimator_that_answers_for_other_frames_is_refused()
    {
        SubsampledPoseEstimator tooLong = new(new FakeEstimator((_, _) => PoseEstimationResult.Of(new PoseEstimate(Picked(Found, 0, 1), [0, 8], true))), FrameSubsampling.EveryFrame(3));
        SubsampledPoseEstimator rejecting = new(new FakeEstimator((_, _) => PoseEstimationResult.Of(new PoseEstimate(Picked(Found, 0), [0], true) { Rejections = [new(5, "blurred")] })), FrameSubsampling.EveryFrame(3));
        SubsampledPoseEstimator unsure = new(new FakeEstimator((_, _) => PoseEstimationResult.Of(new PoseEstimate(Picked(Found, 0), [0], true) { Confidence = [default] })), FrameSubsampling.EveryFrame(3));

        Assert.Contains("frame 8 for a video of 3", await Refused(tooLong), StringComparison.Ordinal);
        Assert.Contains("frame 5 for a video of 3", await Refused(rejecting), StringComparison.Ordinal);
        Assert.Contains("1 confidences for 3", await Refused(unsure), StringComparison.Ordinal);

        static async Task<string> Refused(SubsampledPoseEstimator estimator) =>
            (await Assert.ThrowsAsync<InvalidOperationException>(async () => await estimator.EstimateAsync([Videos.Counting(2, 1, Frames)]))).Message;
    }

    [Theory]
    [InlineData(null, WeightTime.VideoFrame, MissingPosePolicy.Missing)]
    [InlineData(null, WeightTime.EvaluatedIndex, MissingPosePolicy.Penalise)]
    [InlineData(null, WeightTime.VideoFrame, MissingPosePolicy.Throw)]
    [InlineData(1, WeightTime.VideoFrame, MissingPosePolicy.Missing)]
    [InlineData(2, WeightTime.EvaluatedIndex, MissingPosePolicy.Skip)]
    public async Task Geometry_reward_scores_as_if_only_these_frames_were_evaluated(int? segment, WeightTime time, MissingPosePolicy policy)
    {
        GeometryRewardOptions options = new() { SegmentFrames = segment, WeightTime = time, MissingPoses = policy, ConfidenceGate = new() { MinMeanLogConfidence = -1 } };
        GeometryReward byEstimator = new(new SubsampledPoseEstimator(Answering(), FrameSubsampling.EveryFrame(2)), options);
        GeometryReward byReward = new(Answering(), options with { FrameStride = 2 });

        GeometryAssessment found = (await byEstimator.AssessAsync([Rollout()]))[0], expected = (await byReward.AssessAsync([Rollout()]))[0];

        Assert.False(found.Translation.IsMissing, found.Translation.Reason);
        Assert.Equal(expected.Translation.Value, found.Translation.Value, 1e-14);
        Assert.Equal(expected.Rotation.Value, found.Rotation.Value, 1e-14);
        Assert.Equal([.. expected.Rejections], (FrameRejection[])[.. found.Rejections]);
    }

    [Fact]
    public async Task Weight_of_a_frame_is_that_of_its_place_in_the_video()
    {
        SE3 late = new(SO3.Identity, new(0, 0, 1));
        FakeEstimator inner = new((_, _) => PoseEstimationResult.Of(new PoseEstimate(new CameraTrajectory([SE3.Identity, SE3.Identity, late]), [0, 1, 2], true)));
        GeometryReward reward = new(new SubsampledPoseEstimator(inner, FrameSubsampling.EveryFrame(4)));
        VideoRollout still = Rollout() with { Target = new CameraTrajectory([.. Enumerable.Repeat(SE3.Identity, Frames)]) };

        double score = (await reward.ScoreAsync([still]))[0][0].Value;

        Assert.Equal(-9.0 / (1 + 5 + 9), score, 1e-14);        // linear weights 1, 5 and 9 ninths of frames 0, 4 and 8
    }

    [Fact]
    public async Task Frame_that_was_shown_and_has_no_pose_is_still_a_failure()
    {
        FakeEstimator inner = new((_, _) => PoseEstimationResult.Of(new PoseEstimate(Picked(Found, 0, 4), [0, 2], true) { Rejections = [new(1, "blurred")] }));
        GeometryReward reward = new(new SubsampledPoseEstimator(inner, FrameSubsampling.EveryFrame(2)));

        GeometryAssessment found = (await reward.AssessAsync([Rollout()]))[0];

        Assert.Contains("frame 2: blurred", found.Translation.Reason, StringComparison.Ordinal);
        Assert.Equal([2, 6, 8], found.Rejections.Select(r => r.Frame));
    }

    [Fact]
    public void Omitted_frame_with_a_pose_is_refused()
    {
        Assert.Contains("Frame 2 is omitted", Assert.Throws<ArgumentException>(() => new PoseEstimate(Picked(Found, 0, 1), [0, 2], true) { OmittedFrames = [1, 2] }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PoseEstimate(Picked(Found, 0, 1), [0, 2], true) { OmittedFrames = [3, 1] });
        Assert.Empty(new PoseEstimate(Picked(Found, 0, 1), [0, 2], true) { OmittedFrames = default }.OmittedFrames);
    }

    // Poses of the frames it is shown: the first pixel of Videos.Counting says which those are.
    private static FakeEstimator Answering() => new((video, _) =>
    {
        int[] shown = [.. Enumerable.Range(0, video.FrameCount).Select(i => video.Frame(i)[0] / 6)];
        return PoseEstimationResult.Of(new PoseEstimate(Picked(Found, shown), [.. Enumerable.Range(0, shown.Length)], true)
        {
            Confidence = [.. shown.Select(frame => new FrameConfidence(frame == 4 ? -2 : 0, null))],
        });
    });

    private static VideoRollout Rollout() => new() { Frames = Videos.Counting(2, 1, Frames), Target = new CameraTrajectory(Target) };

    private static CameraTrajectory Picked(SE3[] path, params int[] frames) => new([.. frames.Select(i => path[i])]);
}
