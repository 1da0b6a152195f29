using GeoAlign.Geometry;
using GeoAlign.Sampling.Tests.Conditions;
using GeoAlign.Testing;

namespace GeoAlign.Sampling.Tests;

/// <summary>docs/data.md shows what works.</summary>
public sealed class DataGuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_configuration_of_the_guide_is_read()
    {
        string guide = File.ReadAllText(Repository.File("docs", "data.md"));
        int start = guide.IndexOf("```json\n", StringComparison.Ordinal) + 8;
        File.WriteAllText(_folder["data.json"], guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)]);

        DataConfiguration configuration = DataConfiguration.Read(_folder["data.json"]);

        Assert.Equal(Enum.GetValues<VideoSetKind>().Order(), configuration.Videos.Select(v => v.Kind).Order());
        Assert.Equal(Enum.GetValues<PathSetKind>().Order(), configuration.Targets.Select(v => v.Kind).Order());
        TargetPathOptions defaults = new();                                    // the guide prints the defaults
        Assert.Equal((defaults.TranslationMetresPerSecond, defaults.RotationDegreesPerSecond), (configuration.Speed.TranslationMetresPerSecond!.ToDistribution(), configuration.Speed.RotationDegreesPerSecond!.ToDistribution()));
    }

    [Fact]
    public async Task The_lines_of_the_guide_run()
    {
        File.WriteAllText(_folder["a-90.mp4"], "content");
        File.WriteAllText(_folder["data.json"], """{ "clip": { "width": 4, "height": 2 }, "requireSourceCamera": true, "videos": [ { "kind": "folder", "path": "a-90.mp4" } ], "targets": [ { "kind": "spline" } ] }""");
        DateOnly today = new(2026, 11, 22);
        Dolly estimator = new();
        using ManifestWriter manifest = ManifestWriter.Open(_folder["manifest.jsonl"]);

        DataConfiguration configuration = DataConfiguration.Read(_folder["data.json"]);
        ConditionSampler sampler = configuration.Open(new VideoReader(new ImaginaryVideos()), today, estimator);

        Condition condition = await sampler.DrawAsync(configuration.Seed, iteration: 139, group: 11);
        manifest.Write(condition.ToManifestEntry());

        Assert.Equal((81, 81, 81), (condition.Clip.Video.FrameCount, condition.Target.Trajectory.Count, condition.SourceCamera.Path!.Count));
        Assert.Empty(await sampler.DifferencesAsync(Assert.Single(Manifest.Read(_folder["manifest.jsonl"]))));
    }

    private sealed class Dolly : ISourceCameraEstimator
    {
        public string Identity => "dolly";

        public Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default) =>
            Task.FromResult(SourceCameraEstimate.Of(TrajectoryPresets.Dolly(clip.FrameCount, 1)));
    }
}
