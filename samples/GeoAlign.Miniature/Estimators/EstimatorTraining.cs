using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Trains the estimators of the miniature world and writes their files. Every function repeats itself exactly for equal options.</summary>
internal static class EstimatorTraining
{
    // The noise under which a component of the pictures counts as drowned; size of the perceptrons. Whole pictures need more components than poses:
    // the edges between the walls make the spectrum long.
    private const double ComponentNoise = 0.05;
    private const int PoseComponents = 192, PoseWidth = 512, PoseBlocks = 3;
    private const int QualityComponents = 320, QualityWidth = 384, QualityBlocks = 2;

    // Each network has draws of its own.
    private const ulong JudgeSeedOffset = 1000;
    private const ulong QualitySeedOffset = 2000;
    private const ulong ValidationSeedOffset = 500;

    /// <summary>Trains the network whose poses are rewarded and writes it by the contract pose-estimator/1.</summary>
    /// <returns>Its errors on frames it was not trained on, as the file reads them.</returns>
    public static PoseTrainingResult TrainReward(
        EstimatorTrainingOptions options, string path, Action<EstimatorProgress>? progress = null, CancellationToken stop = default)
    {
        RoomRenderer renderer = new(Room.FromSeed(options.RoomSeed));
        using FramePool pool = FramePool.Render(renderer, new() { Seed = options.Seed, Clips = options.Clips });
        using PictureBasis basis = PictureBasis.Fit(pool.Plain, PoseComponents, ComponentNoise);
        manual_seed((long)options.Seed);
        using PoseNetwork network = new(basis, PoseWidth, PoseBlocks);
        TrainPose(network, pool, new(), options.Schedule ?? EstimatorSchedule.Reward, options.Seed, progress, stop);
        return Finish(network, "GeoAlign miniature room, reward", renderer, options, path);
    }

    /// <summary>Trains the independent network that judges and is never rewarded; the file has the same form.</summary>
    /// <returns>Its errors on frames it was not trained on, as the file reads them.</returns>
    public static PoseTrainingResult TrainJudge(
        EstimatorTrainingOptions options, string path, Action<EstimatorProgress>? progress = null, CancellationToken stop = default)
    {
        ulong seed = options.Seed + JudgeSeedOffset;
        RoomRenderer renderer = new(Room.FromSeed(options.RoomSeed));
        using FramePool pool = FramePool.Render(renderer, new() { Seed = seed, Clips = options.Clips });
        manual_seed((long)seed);
        using JudgeNetwork network = new();
        TrainPose(network, pool, new() { WhiteNoise = 0.2 }, options.Schedule ?? EstimatorSchedule.Judge, seed, progress, stop);
        return Finish(network, "GeoAlign miniature room, judge", renderer, options, path);
    }

    /// <summary>Trains the network of the perceptual reward and writes it in the form of <see cref="QualityModelFile"/>.</summary>
    /// <returns>How its distance follows the true damage of frames it was not trained on.</returns>
    public static PictureQualityFloor TrainQuality(
        EstimatorTrainingOptions options, string path, Action<EstimatorProgress>? progress = null, CancellationToken stop = default)
    {
        ulong seed = options.Seed + QualitySeedOffset;
        RoomRenderer renderer = new(Room.FromSeed(options.RoomSeed));
        using FramePool pool = FramePool.Render(renderer, new() { Seed = seed, Clips = options.Clips });
        using PictureBasis basis = PictureBasis.Fit(pool.Plain, QualityComponents, ComponentNoise);
        manual_seed((long)seed);
        using ProjectionNetwork network = new(basis, QualityWidth, QualityBlocks);
        using FrameCorruption corruption = new(new(), seed);
        EstimatorSchedule schedule = options.Schedule ?? EstimatorSchedule.Quality;
        EstimatorOptimization.Run(network, schedule, () =>
        {
            FrameBatch batch = corruption.Draw(pool, schedule.BatchSize);
            return (network.forward(batch.Pictures) - batch.Clean).square().mean();
        }, progress, stop);

        network.RoundToStored();
        using OnnxGraph graph = QualityModelFile.Graph(network, "GeoAlign miniature room, picture quality");
        graph.Save(path);
        using FramePool validation = ValidationPool(renderer, options);
        return PictureQualityFloor.Measure(pictures => -(pictures - network.forward(pictures)).square().mean([1L]).sqrt(), validation, options.Seed);
    }

    private static void TrainPose<TNetwork>(
        TNetwork network, FramePool pool, FrameCorruptionOptions damage, EstimatorSchedule schedule, ulong seed, Action<EstimatorProgress>? progress,
        CancellationToken stop) where TNetwork : nn.Module, IFrameNetwork
    {
        using FrameCorruption corruption = new(damage, seed);
        EstimatorOptimization.Run(network, schedule, () =>
        {
            FrameBatch batch = corruption.Draw(pool, schedule.BatchSize);
            return PoseLoss.Of(network.forward(batch.Pictures), batch);
        }, progress, stop);
    }

    private static PoseTrainingResult Finish<TNetwork>(TNetwork network, string name, RoomRenderer renderer, EstimatorTrainingOptions options, string path)
        where TNetwork : nn.Module, IFrameNetwork
    {
        network.RoundToStored();
        using OnnxGraph graph = PoseModelFile.Graph(network, name);
        graph.Save(path);
        using FramePool validation = ValidationPool(renderer, options);
        return new(
            [.. PoseErrorFloor.Measure(network, validation, options.Seed + ValidationSeedOffset)],
            PictureQualityFloor.Measure(pictures => -network.forward(pictures).select(1, PoseCoordinates.Count), validation, options.Seed));
    }

    private static FramePool ValidationPool(RoomRenderer renderer, EstimatorTrainingOptions options) => FramePool.Render(
        renderer, new() { Seed = options.Seed + ValidationSeedOffset, Clips = options.ValidationClips, Set = MiniatureSet.Validation });
}
