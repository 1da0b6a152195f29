using GeoAlign.Grpo;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>The rewards of a run: translation and rotation errors of the estimated path, and the look of the pictures.</summary>
internal sealed class MiniatureRewards : IDisposable
{
    private readonly AlignmentSettings _settings;
    private readonly RoomRenderer _renderer;
    private readonly OnnxPoseEstimator _network;
    private readonly PictureQualityReward _picture;

    public MiniatureRewards(AlignmentSettings settings, MiniatureAssets assets, RoomRenderer renderer)
    {
        (_settings, _renderer) = (settings, renderer);
        _network = new OnnxPoseEstimator(assets.PoseModel, new OnnxPoseEstimatorOptions
        {
            Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = 1 } },
        });
        _picture = new PictureQualityReward(assets.PictureModel);
        Scorer = new MiniatureScorer(PanelOf, renderer);
    }

    /// <summary>Scores the rollouts of a group.</summary>
    public IRolloutScorer<MiniatureCondition> Scorer { get; }

    public void Dispose()
    {
        _network.Dispose();
        _picture.Dispose();
    }

    private RewardPanel PanelOf(MiniatureCase item)
    {
        IPoseEstimator estimator = _settings.PoseReward == PoseRewardKind.Network ? _network : new AlignerEstimator(_renderer, item);
        GeometryRewardOptions geometry = new()
        {
            Weighting = _settings.LateWeighted ? FrameWeighting.Linear : FrameWeighting.Uniform,
            IncludeFirstFrame = false,                             // it is given, not generated
        };
        return new RewardPanel(_settings.ScaleAligned ? new ScaleAlignedReward(estimator, geometry) : new GeometryReward(estimator, geometry), _picture);
    }
}
