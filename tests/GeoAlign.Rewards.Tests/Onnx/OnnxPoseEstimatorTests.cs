using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Onnx;

public sealed class OnnxPoseEstimatorTests : IDisposable
{
    private static readonly SE3[] TwoPoses = [SE3.Identity, SE3.Identity];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(-1, 2)]
    [InlineData(-1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(4, 4)]
    public async Task Videos_keep_their_order_and_their_own_numbers_in_any_batch(int batchAxis, int videosPerRun)
    {
        using OnnxPoseEstimator estimator = Open(new() { Poses = TwoPoses, Shape = (batchAxis, 2, 4, 6) }, new() { MaxVideosPerRun = videosPerRun });
        VideoFrames[] videos = [.. new byte[] { 0, 51, 102, 153, 204 }.Select(grey => Grey(grey, 6, 4, 2))];

        IReadOnlyList<PoseEstimationResult> results = await estimator.EstimateAsync(videos);

        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8], results.Select(r => Math.Round(r.Estimate!.ReferenceResidual.Translation.X, 6)));
    }

    [Fact]
    public async Task Videos_of_several_lengths_and_sizes_go_together()
    {
        using OnnxPoseEstimator estimator = Open(new() { Poses = [SE3.Identity] }, new());
        VideoFrames[] videos = [Grey(51, 6, 4, 1), Grey(102, 12, 8, 3), Grey(153, 6, 4, 1), Grey(204, 9, 9, 3)];

        IReadOnlyList<PoseEstimationResult> results = await estimator.EstimateAsync(videos);

        Assert.Equal([0.2, 0.4, 0.6, 0.8], results.Select(r => Math.Round(r.Estimate!.ReferenceResidual.Translation.X, 6)));
        Assert.Equal([1, 3, 1, 3], results.Select(r => r.Estimate!.Trajectory.Count));
        Assert.Empty(await estimator.EstimateAsync([]));
    }

    [Theory]
    [InlineData("cover-lanczos-bicubic")]
    [InlineData("stretch-bicubic")]
    public async Task Frames_are_cropped_or_stretched_as_the_metadata_says(string resize)
    {
        // Left half black, right half white; a wide frame cropped to a square loses as much of one as of the other.
        byte[] pixels = new byte[3 * 20 * 4];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = i / 3 % 20 < 8 ? (byte)0 : (byte)255;
        using OnnxPoseEstimator estimator = Open(new() { Poses = [SE3.Identity], Shape = (-1, -1, 4, 4), Metadata = { ["geoalign.image.resize"] = resize } }, new());

        double mean = (await estimator.EstimateAsync([new VideoFrames(pixels, 20, 4, 1, 16)]))[0].Estimate!.ReferenceResidual.Translation.X;

        Assert.Equal(resize == "stretch-bicubic" ? 0.6 : 1, mean, 0.02);
    }

    [Fact]
    public async Task Model_that_allows_no_resize_takes_frames_as_they_are_or_refuses_them()
    {
        PoseModelFile model = new() { Poses = [SE3.Identity], Metadata = { ["geoalign.image.resize"] = "none" } };
        using OnnxPoseEstimator sized = Open(model, new());
        using OnnxPoseEstimator free = Open(model with { Shape = (-1, -1, -1, -1) }, new());

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await sized.EstimateAsync([Grey(51, 7, 4, 1)]));
        PoseEstimationResult result = (await free.EstimateAsync([Grey(51, 7, 5, 1)]))[0];

        Assert.Contains("7×4", error.Message, StringComparison.Ordinal);
        Assert.Equal(0.2, result.Estimate!.ReferenceResidual.Translation.X, 1e-6);
    }

    [Fact]
    public async Task Free_image_size_follows_the_rule()
    {
        // The output 'conf' has a shape of its own; the refusal names the shape that the images of the run ask for.
        PoseModelFile model = new() { Poses = [SE3.Identity], Shape = (-1, -1, -1, -1), Extra = (g, mean) => g.Output("conf", g.Unsqueeze(mean, -1, -2), 4) };
        using OnnxPoseEstimator given = Open(model, new() { DynamicSize = NetworkImageSize.Fixed(28, 14, 14) });

        PoseModelException error = await Assert.ThrowsAsync<PoseModelException>(async () => await given.EstimateAsync([Grey(51, 40, 20, 1)]));

        Assert.Contains("expected [1, 1, 14, 28]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Free_image_size_with_an_unusual_patch_needs_a_rule()
    {
        PoseModelFile model = new() { Poses = [SE3.Identity], Shape = (-1, -1, -1, -1), Metadata = { ["geoalign.image.patch"] = "10" } };

        Assert.Contains("DynamicSize", Assert.Throws<ArgumentException>(() => Open(model, new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_for_a_fixed_image_size_is_refused() =>
        Assert.Contains("DynamicSize", Assert.Throws<ArgumentException>(() => Open(new() { Poses = TwoPoses }, new() { DynamicSize = NetworkImageSize.Mapped518 })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Video_of_the_wrong_length_is_refused_with_the_file()
    {
        using OnnxPoseEstimator estimator = Open(new() { Poses = TwoPoses, Shape = (-1, 2, 4, 6) }, new());

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await estimator.EstimateAsync([Grey(1, 6, 4, 3)]));

        Assert.StartsWith(_folder.File(""), error.Message, StringComparison.Ordinal);
        Assert.Contains("3 frames, the model takes 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guards_turn_bad_numbers_into_failures()
    {
        using OnnxPoseEstimator scaled = Open(new() { Poses = TwoPoses, Scale = 2000 }, new());
        using OnnxPoseEstimator shifted = Open(new() { Poses = TwoPoses }, new() { Guards = new() { MaxReferenceTranslationRatio = 0.1 } });

        Assert.Contains("scale factor 2000", (await scaled.EstimateAsync([Grey(0, 6, 4, 2)]))[0].Reason, StringComparison.Ordinal);
        Assert.Contains("away from the origin", (await shifted.EstimateAsync([Grey(200, 6, 4, 2)]))[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_before_the_start_nothing_runs()
    {
        using OnnxPoseEstimator estimator = Open(new() { Poses = TwoPoses }, new());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await estimator.EstimateAsync([Grey(0, 6, 4, 2)], new CancellationToken(true)));
    }

    private OnnxPoseEstimator Open(PoseModelFile model, OnnxPoseEstimatorOptions options)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.onnx");
        model.Save(path);
        return new OnnxPoseEstimator(path, options);
    }

    private static VideoFrames Grey(byte grey, int width, int height, int frames)
    {
        byte[] pixels = new byte[3 * width * height * frames];
        Array.Fill(pixels, grey);
        return new VideoFrames(pixels, width, height, frames, 16);
    }
}
