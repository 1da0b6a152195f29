using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Conditions of an iteration: a clip and a target path for each group, as a pure function of (seed, iteration, group).</summary>
/// <remarks>As in the paper, the clip's own camera path comes from the frozen pose estimator; the target is relative to its own first frame.</remarks>
internal sealed class TrainingData(
    TrainSettings settings, ConditionClipSource clips, TargetPathSource targets, IPoseEstimator estimator, VideoSystem system, RedirectorTransformer network)
    : IConditionSource<TrainingCondition>, IDisposable
{
    private readonly List<TrainingCondition> _lent = [];

    /// <summary>Draws the conditions of an iteration. Those of the iteration before are disposed: a trainer is done with them.</summary>
    public IReadOnlyList<TrainingCondition> Draw(int iteration)
    {
        Dispose();
        for (int group = 0; group < settings.Conditions; group++) _lent.Add(Make(iteration, group, CancellationToken.None).GetAwaiter().GetResult());
        return [.. _lent];
    }

    /// <summary>One condition, which belongs to the caller.</summary>
    public async Task<TrainingCondition> Make(int iteration, int group, CancellationToken stop)
    {
        ConditionClip clip = await clips.DrawAsync(settings.Seed, iteration, group, stop);
        TargetPath target = targets.Draw(settings.Seed, iteration, group);
        CameraTrajectory source = await SourcePath(clip, stop);

        GenerationRequest request = new() { Clip = RolloutScorer.Frames(clip.Video), Source = source, Target = target.Trajectory, Intrinsics = Camera() };
        TokenFeatures prompt = system.Features(settings.PromptOf(clip.Path));
        TokenFeatures? negative = settings.GuidanceScale == 1 ? null : system.Features(settings.NegativePrompt!);
        RedirectorInputs inputs = (RedirectorInputs)system.Encoder.Encode(network, request, prompt, negative, stop: stop);
        RedirectorCondition prepared = system.Stages.Run(WorkStage.Rollout, () => network.Prepare(inputs));
        return new TrainingCondition(prepared, clip.Video, target.Trajectory, source, Label(clip, target));
    }

    public void Dispose()
    {
        foreach (TrainingCondition condition in _lent) condition.Dispose();
        _lent.Clear();
    }

    private async Task<CameraTrajectory> SourcePath(ConditionClip clip, CancellationToken stop)
    {
        PoseEstimationResult result = (await system.Stages.RunAsync(WorkStage.Reward, () => estimator.EstimateAsync([RolloutScorer.Frames(clip.Video)], stop).AsTask(), stop))[0];
        return result is { Succeeded: true, Estimate.Trajectory: { } path } && path.Count == clip.Video.FrameCount
            ? path
            : throw new InvalidDataException(
                $"The pose estimator gave no camera path for {clip.Path}, frames {clip.StartFrame} on: {result.Reason ?? "some frames have no pose"}. Use another clip or another --pose-model.");
    }

    private NormalisedIntrinsics Camera()
    {
        double fx = 0.5 / Math.Tan(0.5 * double.DegreesToRadians(settings.FieldOfViewDegrees));      // focal length / width
        return new NormalisedIntrinsics(fx, fx * settings.Width / settings.Height);
    }

    private static string Label(ConditionClip clip, TargetPath target) => string.Create(CultureInfo.InvariantCulture,
        $"{Path.GetFileName(clip.Path)}@{clip.StartFrame} → {target.CameraId}, at most {target.Rescale.SpeedsAfter!.MaximumTranslationMetresPerFrame * target.FrameRate.FramesPerSecond:0.00} m/s and {double.RadiansToDegrees(target.Rescale.SpeedsAfter.MaximumRotationRadiansPerFrame) * target.FrameRate.FramesPerSecond:0.0}°/s");
}
