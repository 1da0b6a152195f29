using System.Collections.Immutable;
using GeoAlign.Rewards;
using GeoAlign.Train;

namespace GeoAlign.ScorerServer;

/// <summary>The rewards of the server as one, side by side: a panel of them, so that one which fails leaves the others whole.</summary>
internal sealed class ServedRewards : IReward, IDisposable
{
    private readonly RewardPanel _panel;
    private readonly RewardNetworks _networks;

    private ServedRewards(RewardPanel panel, RewardNetworks networks) => (_panel, _networks) = (panel, networks);

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions => _panel.Dimensions;

    /// <summary>Opens the networks that are named and puts the rewards together: the geometry reward, learned ones, perceptual measures.</summary>
    /// <param name="files">Files of the networks.</param>
    /// <param name="options">Where they run.</param>
    /// <param name="perceptual">Whether the weight-free measures are served too.</param>
    /// <exception cref="UsageException">Nothing is left to serve.</exception>
    public static ServedRewards Open(RewardFiles files, RewardNetworkOptions options, bool perceptual)
    {
        if (!perceptual && (files.PoseModel ?? files.VideoAlign ?? files.HpsV3) is null)
            throw new UsageException("Nothing to serve: --no-perceptual needs --pose-model, --videoalign or --hpsv3");
        RewardNetworks networks = new();
        try
        {
            networks.Open(files, options);
            List<PanelEntry> entries = [];
            if (networks.Pose is { } pose) entries.Add(new PanelEntry(new GeometryReward(pose)));
            entries.AddRange(networks.Entries);
            if (perceptual) entries.Add(new PanelEntry(new PerceptualReward()));
            return new ServedRewards(new RewardPanel(entries, new PanelOptions()), networks);
        }
        catch
        {
            networks.Dispose();
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
    public void Dispose() => _networks.Dispose();
}
