
namespace GeoAlign.Miniature.Tests.Estimators;

// The weights come from the process-wide generator, so nothing else may draw meanwhile.
[CollectionDefinition(nameof(EstimatorTrainingTests), DisableParallelization = true)]
[Collection(nameof(EstimatorTrainingTests))]
public class EstimatorTrainingTests
{
    private static readonly EstimatorTrainingOptions Short = new()
    {
        Clips = 150, ValidationClips = 200, Schedule = new() { Steps = 60, BatchSize = 64, WarmUpSteps = 10, MeanDecay = 0.9, LearningRate = 2e-3 },
    };

    [Fact]
    public void A_short_training_learns_and_repeats_itself_to_the_byte()
    {
        using TemporaryFile first = new("reward.onnx"), second = new("reward.onnx");

        PoseTrainingResult result = EstimatorTraining.TrainReward(Short, first.Path);
        EstimatorTraining.TrainReward(Short, second.Path);

        Assert.Equal(File.ReadAllBytes(first.Path), File.ReadAllBytes(second.Path));
        Assert.Equal(PoseErrorFloor.Kinds.Select(kind => kind.Name), result.Errors.Select(floor => floor.Frames));
        Assert.InRange(result.Errors[0].TranslationErrorMetres, 0.005, 0.35);                // 0.5 m untrained
        Assert.Equal(0, result.Errors[0].DamageRms, 1e-6);
    }

    [Fact]
    public void The_other_networks_train_and_write_their_files_too()
    {
        using TemporaryFile judge = new("judge.onnx"), quality = new("quality.onnx");
        List<EstimatorProgress> reports = [];
        EstimatorTrainingOptions options = Short with { Schedule = Short.Schedule! with { Steps = 500, BatchSize = 8 } };

        EstimatorTraining.TrainJudge(Short with { Schedule = Short.Schedule! with { Steps = 2 } }, judge.Path);
        PictureQualityFloor floor = EstimatorTraining.TrainQuality(options, quality.Path, reports.Add);

        Assert.True(new FileInfo(judge.Path).Length > 100_000);
        Assert.True(new FileInfo(quality.Path).Length > 100_000);
        Assert.Equal(500, Assert.Single(reports).Step);

        // Chance gives 0 with a standard deviation of 1/sqrt(11 * 200) = 0.021; this is five of them.
        Assert.InRange(floor.GroupCorrelation, 0.1, 1);
    }

    [Fact]
    public void A_training_can_be_stopped()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        using TemporaryFile file = new("reward.onnx");

        Assert.Throws<OperationCanceledException>(() => EstimatorTraining.TrainReward(Short with { Clips = 30 }, file.Path, null, stop.Token));
        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public void The_rate_warms_up_and_falls_to_zero()
    {
        EstimatorSchedule schedule = new() { Steps = 1000, WarmUpSteps = 100, LearningRate = 2 };

        Assert.Equal(0.02, schedule.RateAt(0), 1e-4);
        Assert.Equal(1, schedule.RateAt(500), 1e-9);
        Assert.InRange(schedule.RateAt(999), 0, 1e-4);
    }
}
