using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Conditions of an iteration, prepared for the network: a pure function of (seed, iteration, group). Every one is noted in the run's manifest.</summary>
internal sealed class TrainingData(
    TrainSettings settings, ConditionSampler sampler, VideoSystem system, RedirectorTransformer network, ManifestWriter? manifest = null) : IConditionSource<TrainingCondition>, IDisposable
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
        Condition drawn = await sampler.DrawAsync(settings.DataSeed, iteration, group, stop);
        manifest?.Write(drawn.ToManifestEntry());
        VideoClip clip = drawn.Clip.Video;
        CameraTrajectory source = drawn.SourceCamera.Path!, target = drawn.Target.Trajectory;         // clips without a path are refused
        string prompt = settings.PromptOf(drawn.Clip.Source);
        RedirectorInputs inputs = (RedirectorInputs)system.Encoder.Encode(
            network, new GenerationRequest { Clip = RolloutScorer.Frames(clip), Source = source, Target = target, Intrinsics = Camera(clip) },
            system.Features(prompt), settings.GuidanceScale == 1 ? null : system.Features(settings.NegativePrompt!), stop: stop);
        RedirectorCondition prepared = system.Stages.Run(WorkStage.Rollout, () => network.Prepare(inputs));
        return new TrainingCondition(prepared, clip, target, source, prompt, Label(drawn));
    }

    public void Dispose()
    {
        foreach (TrainingCondition condition in _lent) condition.Dispose();
        _lent.Clear();
    }

    private NormalisedIntrinsics Camera(VideoClip clip)
    {
        double fx = 0.5 / Math.Tan(0.5 * double.DegreesToRadians(settings.FieldOfViewDegrees));      // focal length / width
        return new NormalisedIntrinsics(fx, fx * clip.Width / clip.Height);
    }

    private static string Label(Condition drawn) => string.Create(CultureInfo.InvariantCulture,
        $"{drawn.Clip.Source.Name}@{drawn.Clip.StartFrame} → {drawn.Target.CameraId}, at most {drawn.Target.Rescale.SpeedsAfter!.MaximumTranslationMetresPerFrame * drawn.Target.FrameRate.FramesPerSecond:0.00} m/s and {double.RadiansToDegrees(drawn.Target.Rescale.SpeedsAfter.MaximumRotationRadiansPerFrame) * drawn.Target.FrameRate.FramesPerSecond:0.0}°/s");
}
