using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Train.Tests;

public class StagedEstimatorTests
{
    [Fact]
    public async Task An_estimator_is_on_its_device_while_it_works_and_only_then()
    {
        Absent network = new();
        DeviceStages stages = new(offload: true);
        stages.Add(network, WorkStage.Reward);

        await new StagedEstimator(network, stages).EstimateAsync([]);

        Assert.Equal(["out", "in", "estimate", "out"], network.Calls);
    }

    private sealed class Absent : IPoseEstimator, IMovablePart
    {
        public List<string> Calls { get; } = [];

        public bool IsMetric => true;

        public string Name => "estimator";

        public void ToDevice() => Calls.Add("in");

        public void ToHost() => Calls.Add("out");

        public async ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Calls.Add("estimate");
            return [];
        }
    }
}
