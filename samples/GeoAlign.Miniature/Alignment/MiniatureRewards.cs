using GeoAlign.Grpo;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>The rewards of a run: translation and rotation errors of the estimated path, and the look of the pictures.</summary>
internal sealed class MiniatureRewards : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public MiniatureRewards(AlignmentSettings settings, MiniatureAssets assets, RoomRenderer renderer)
    {
        OnnxPoseEstimator estimator = new(assets.PoseModel, new OnnxPoseEstimatorOptions
        {
            Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = 1 } },
        });
        _owned.Add(estimator);
        GeometryRewardOptions geometry = new()
        {
            Weighting = settings.LateWeighted ? FrameWeighting.Linear : FrameWeighting.Uniform,
            IncludeFirstFrame = false,
        };
        List<IReward> rewards = [settings.ScaleAligned ? new ScaleAlignedReward(estimator, geometry) : new GeometryReward(estimator, geometry)];
        PictureQualityReward picture = new(assets.PictureModel);
        _owned.Add(picture);
        rewards.Add(picture);
        Scorer = new MiniatureScorer(new RewardPanel(rewards), renderer);
    }

    /// <summary>Scores the rollouts of a group.</summary>
    public IRolloutScorer<MiniatureCondition> Scorer { get; }

    public void Dispose() => _owned.ForEach(o => o.Dispose());
}
