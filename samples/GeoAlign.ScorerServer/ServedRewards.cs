using System.Collections.Immutable;
using GeoAlign.Rewards;

namespace GeoAlign.ScorerServer;

/// <summary>The rewards of the server as one, side by side: a panel of them, so that one which fails leaves the others whole.</summary>
internal sealed class ServedRewards : IReward, IDisposable
{
    private readonly RewardPanel _panel;
    private readonly IDisposable? _estimator;

    private ServedRewards(RewardPanel panel, IDisposable? estimator) => (_panel, _estimator) = (panel, estimator);

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions => _panel.Dimensions;

    /// <summary>Opens the pose estimator, if there is one, and puts the rewards together.</summary>
    public static ServedRewards Open(string? poseModel, string provider, int threads, bool perceptual)
    {
        if (poseModel is null && !perceptual) throw new ArgumentException("Nothing to serve: --no-perceptual needs --pose-model.");
        OnnxPoseEstimator? estimator = poseModel is null ? null : new OnnxPoseEstimator(poseModel, new OnnxPoseEstimatorOptions
        {
            Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = threads, ExecutionProvider = provider } },
        });
        try
        {
            List<IReward> rewards = [];
            if (estimator is not null) rewards.Add(new GeometryReward(estimator));
            if (perceptual) rewards.Add(new PerceptualReward());
            return new ServedRewards(new RewardPanel(rewards), estimator);
        }
        catch
        {
            estimator?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        PanelScores scores = await _panel.ScoreAsync([rollouts], cancellationToken);
        return [.. Enumerable.Range(0, rollouts.Count).Select(m => Enumerable.Range(0, Dimensions.Length).Select(d => scores[d, 0, m]).ToImmutableArray())];
    }

    /// <inheritdoc/>
    public void Dispose() => _estimator?.Dispose();
}
