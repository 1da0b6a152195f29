using GeoAlign.Models;
using GeoAlign.Rewards;
using GeoAlign.Train;

namespace GeoAlign.Cli;

/// <summary>The rewards of a command line, and what they found out beside their scores.</summary>
/// <param name="networks">The networks behind them; they stay the caller's.</param>
internal sealed class ScoreRewards(RewardNetworks networks)
{
    private readonly List<PanelEntry> _entries = [];

    /// <summary>The rewards, in the order of their dimensions.</summary>
    public IReadOnlyList<PanelEntry> Entries => _entries;

    /// <summary>What the geometry reward found in its last call.</summary>
    public List<GeometryAssessment> Assessments { get; } = [];

    /// <summary>The pose estimator; null without one.</summary>
    public RememberedEstimates? Estimates { get; private set; }

    /// <summary>Every network's reward; metric errors against the target path where there is a pose estimator.</summary>
    /// <param name="mostPoseFrames">Most frames of a video that the pose estimator sees; null for all.</param>
    public void AddNetworks(int? mostPoseFrames)
    {
        if (networks.Pose is { } pose)
        {
            Estimates = new RememberedEstimates(mostPoseFrames is { } most ? new SubsampledPoseEstimator(pose, FrameSubsampling.AtMost(most)) : pose);
            _entries.Add(new PanelEntry(new GeometryReward(Estimates, assessed: Assessments.AddRange)));
        }

        _entries.AddRange(networks.Entries);
    }

    /// <summary>Measures that need no network.</summary>
    public void AddPerceptual(ColourReference reference) => _entries.Add(new PanelEntry(new PerceptualReward(new PerceptualRewardOptions { ColourReference = reference })));
}
