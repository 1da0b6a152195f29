using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Rewards;
using GeoAlign.Sampling;
using static TorchSharp.torch;

namespace GeoAlign.Architecture.Tests;

/// <summary>What the pages' examples take as given: a name has one meaning on all pages. Variables of an example hide it.</summary>
public abstract class GivenInExamples
{
    /// <summary>A policy and its optimiser in one, as most are.</summary>
    public interface ITrainedPolicy : IPolicy<int, float>, IPolicyOptimizer;

#pragma warning disable CA2211, CA1051 // Examples are compiled against these names and never run.
    protected static readonly string folder = "", run = "", negative = "";
    protected static readonly TextWriter console = TextWriter.Null;
    protected static readonly CancellationToken stop;
    protected static readonly DateOnly today;
    protected static readonly HttpClient client = null!;
    protected static readonly Device device = null!;

    protected static readonly ISourceCameraEstimator estimator = null!;
    protected static readonly ManifestWriter manifest = null!;

    protected static readonly ITrainedPolicy policy = null!;
    protected static readonly IConditionSource<int> data = null!;
    protected static readonly IRolloutScorer<int> scorer = null!;

    protected static readonly IReadOnlyList<IReadOnlyList<VideoRollout>> groups = null!;
    protected static readonly VideoFrames clipFrames = null!;
    protected static readonly CameraTrajectory sourcePath = null!, targetPath = null!;
    protected static readonly NormalisedIntrinsics intrinsics = null!;

    protected static readonly nn.Module<Tensor, Tensor> network = null!;
    protected static readonly optim.Optimizer optimizer = null!;
    protected static readonly Tensor x = null!, target = null!;
#pragma warning restore CA2211, CA1051
}
