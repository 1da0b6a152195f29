using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Cli;

/// <summary>The rewards of a command line, with the networks and connections they use.</summary>
internal sealed class ScoreRewards : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<IReward> _rewards = [];

    /// <summary>The rewards, in the order of their dimensions.</summary>
    public IReadOnlyList<IReward> All => _rewards;

    /// <summary>What the geometry reward found in its last call.</summary>
    public List<GeometryAssessment> Assessments { get; } = [];

    /// <summary>The pose estimator; null without one.</summary>
    public RememberedEstimates? Estimates { get; private set; }

    /// <summary>Metric errors against the target path.</summary>
    public void AddGeometry(PoseModel model)
    {
        _owned.Add(model);
        Estimates = model.Estimates;
        _rewards.Add(new GeometryReward(model.Estimates, assessed: Assessments.AddRange));
    }

    /// <summary>Measures that need no network.</summary>
    public void AddPerceptual(ColourReference reference) => _rewards.Add(new PerceptualReward(new PerceptualRewardOptions { ColourReference = reference }));

    /// <summary>A learned reward.</summary>
    public void Add(LearnedReward reward)
    {
        _owned.Add(reward);
        _rewards.Add(reward);
    }

    /// <summary>A scorer of another process.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="stop">Stops waiting for it.</param>
    public async Task AddRemoteAsync(string address, CancellationToken stop)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)) throw new UsageException($"--remote is '{address}', expected an address such as http://127.0.0.1:8080");
        HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };       // the reward has a timeout of its own
        _owned.Add(client);
        _rewards.Add(await HttpReward.ConnectAsync(client, uri, cancellationToken: stop));
    }

    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
    }
}
