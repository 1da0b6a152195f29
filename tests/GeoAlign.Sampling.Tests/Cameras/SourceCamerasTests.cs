using GeoAlign.Geometry;
using GeoAlign.Sampling.Tests.Conditions;

namespace GeoAlign.Sampling.Tests.Cameras;

public sealed class SourceCamerasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _messages = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_estimate_is_made_once_and_comes_back_the_same()
    {
        Estimator estimator = new("model 1");
        ConditionClip clip = await Clip(0);

        SourceCamera first = await Cameras(estimator).OfAsync(clip), second = await Cameras(estimator).OfAsync(clip);

        Assert.Equal((SourceCameraOrigin.Estimated, SourceCameraOrigin.Cached, 1), (first.Origin, second.Origin, estimator.Calls));
        Assert.Equal(SE3.Identity, first.Path![0]);                            // relative to the clip's first frame
        Assert.All(first.Path.Zip(second.Path!), p => Assert.True(Vector3d.Distance(p.First.Translation, p.Second.Translation) == 0 && SO3.GeodesicDistance(p.First.Rotation, p.Second.Rotation) < 1e-15));
    }

    [Fact]
    public async Task Another_estimator_other_frames_another_size_or_another_content_is_another_estimate()
    {
        Estimator estimator = new("model 1");
        await Cameras(estimator).OfAsync(await Clip(0));

        Assert.Equal(SourceCameraOrigin.Estimated, (await Cameras(new Estimator("model 2")).OfAsync(await Clip(0))).Origin);
        Assert.Equal(SourceCameraOrigin.Estimated, (await Cameras(estimator).OfAsync(await Clip(1))).Origin);
        Assert.Equal(SourceCameraOrigin.Estimated, (await Cameras(estimator).OfAsync(await Clip(0, width: 8))).Origin);
        Assert.Equal(SourceCameraOrigin.Cached, (await Cameras(estimator).OfAsync(await Clip(0))).Origin);
        File.WriteAllText(_folder["a-20.mp4"], "other content");
        Assert.Equal(SourceCameraOrigin.Estimated, (await Cameras(estimator).OfAsync(await Clip(0))).Origin);
    }

    [Fact]
    public async Task A_damaged_entry_is_estimated_again_with_a_message()
    {
        Estimator estimator = new("model 1");
        await Cameras(estimator).OfAsync(await Clip(0));
        string file = Assert.Single(Directory.GetFiles(_folder["cache"], "*.bin", SearchOption.AllDirectories));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(file, bytes);

        SourceCamera again = await Cameras(estimator).OfAsync(await Clip(0));

        Assert.Equal((SourceCameraOrigin.Estimated, 2), (again.Origin, estimator.Calls));
        Assert.Contains("its checksum does not fit; it was thrown away", Assert.Single(_messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_has_a_reason_and_is_not_remembered()
    {
        Estimator estimator = new("model 1") { Failure = "too dark" };

        SourceCamera failed = await Cameras(estimator).OfAsync(await Clip(0));
        estimator.Failure = null;
        SourceCamera again = await Cameras(estimator).OfAsync(await Clip(0));
        estimator.Poses = 3;
        SourceCamera shorter = await new SourceCameras(estimator).OfAsync(await Clip(0));

        Assert.Equal((SourceCameraOrigin.Missing, "too dark"), (failed.Origin, failed.Detail));
        Assert.Null(failed.Path);
        Assert.Equal(SourceCameraOrigin.Estimated, again.Origin);
        Assert.Equal("the estimator gave 3 poses for 5 frames", shorter.Detail);
        Assert.Equal("no estimator was given and none is recorded", (await new SourceCameras(null).OfAsync(await Clip(0))).Detail);
    }

    private SourceCameras Cameras(Estimator estimator) => new(estimator, new CameraPathCache(new CacheOptions(_folder["cache"]) { Report = _messages.Add }));

    private async Task<ConditionClip> Clip(int start, int width = 4)
    {
        if (!File.Exists(_folder["a-20.mp4"])) File.WriteAllText(_folder["a-20.mp4"], "content");
        ConditionClipSource source = new([_folder["a-20.mp4"]], new() { FrameCount = 5, Size = new(width, 2) }, new VideoReader(new ImaginaryVideos()));
        return await source.ReadAsync("a-20.mp4", start);
    }

    private sealed class Estimator(string identity) : ISourceCameraEstimator
    {
        public int Calls { get; private set; }

        public string? Failure { get; set; }

        public int? Poses { get; set; }

        public string Identity => identity;

        public Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default)
        {
            Calls++;
            CameraTrajectory path = ReCamMasterMoves.Path(CameraMove.ArcLeft, Poses ?? clip.FrameCount).Reversed();
            return Task.FromResult(Failure is null ? SourceCameraEstimate.Of(path) : SourceCameraEstimate.Failed(Failure));
        }
    }
}
