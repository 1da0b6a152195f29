using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Evaluate.Tests.Networks;

public class ConsistencyFiguresTests
{
    // A wall 2 m in front of a camera of focal length 20 pixels, seen by both images.
    private static readonly FakeNetwork Wall = new(frames =>
    {
        (int width, int height) = (frames[0].Size.WidthPixels, frames[0].Size.HeightPixels);
        List<float> values = [];
        for (int image = 0; image < 2; image++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) values.AddRange([(x - 0.5f * width) * 2 / 20, (y - 0.5f * height) * 2 / 20, 2, 1.5f]);
        return new NetworkTensor([.. values], [2, height, width, 4]);
    });

    [Fact]
    public void A_video_agrees_with_itself_and_not_with_its_negative()
    {
        VideoFrames video = VBenchFiguresTests.Ramp(3);
        byte[] inverted = [.. video.Rgb24.ToArray().Select(b => (byte)(255 - b))];

        double same = ConsistencyFigures.MEt3R(FakeNetwork.Pixels(), Wall, video, video, CancellationToken.None)!.Value;
        double other = ConsistencyFigures.MEt3R(FakeNetwork.Pixels(), Wall, video, new VideoFrames(inverted, 21, 18, 3, 16), CancellationToken.None)!.Value;

        Assert.InRange(same, -1e-3, 1e-3);
        Assert.True(other > 0.5, $"MEt3R of a negative is {other}");
    }

    // Points are made at whole pixel coordinates and pixels are centred half a pixel further, more than the radius: the original's quirk.
    [Fact]
    public void A_wall_is_consistent_with_the_true_camera_but_a_camera_that_stands_still_covers_no_pixel()
    {
        const double halfPixel = 0.5 * 2 / ConsistencyFigures.DynamicSidePixels;         // of a wall 2 m away, in metres
        byte[] frame = VBenchFiguresTests.Ramp(1).Rgb24.ToArray();
        VideoFrames video = new(Enumerable.Repeat(frame, 3).SelectMany(b => b).ToArray(), 21, 18, 3, 16);
        NormalisedIntrinsics[] intrinsics = [.. Enumerable.Repeat(new NormalisedIntrinsics(1, 1, 0.5, 0.5), 3)];

        double centred = Score(SO3.Identity, -halfPixel), turned = Score(SO3.Exp(new(0, 0.3, 0)), -halfPixel), still = Score(SO3.Identity, 0);

        Assert.True(centred > 0.99, $"true camera: {centred}");
        Assert.True(turned < centred - 0.05, $"turned camera: {turned}");
        Assert.True(still < 0.5, $"still camera: {still}");

        double Score(SO3 rotation, double shift)
        {
            CameraTrajectory path = new([SE3.Identity, new(rotation, new(shift, shift, 0)), SE3.Identity]);
            return ConsistencyFigures.Dynamic(
                FakeNetwork.Pixels(), Scene(EstimatedPath.Of(path, [0, 1, 2], 3, isMetric: true), intrinsics, moving: 0), video, CancellationToken.None)!.Value;
        }
    }

    [Fact]
    public void Everything_that_moves_leaves_nothing_to_score()
    {
        VideoFrames video = VBenchFiguresTests.Ramp(2);
        EstimatedPath path = EstimatedPath.Of(new CameraTrajectory([SE3.Identity, SE3.Identity]), [0, 1], 2, isMetric: true);
        NormalisedIntrinsics[] intrinsics = [.. Enumerable.Repeat(new NormalisedIntrinsics(1, 1, 0.5, 0.5), 2)];

        Assert.Null(ConsistencyFigures.Dynamic(FakeNetwork.Pixels(), Scene(path, intrinsics, moving: 1), video, CancellationToken.None));
    }

    private static DynamicScene Scene(EstimatedPath path, NormalisedIntrinsics[] intrinsics, float moving) =>
        new(path, intrinsics, new NetworkFrameMap(FakeNetwork.Map(2), "depth"), new NetworkFrameMap(FakeNetwork.Map(moving), "moving"));

    [Fact]
    public void Answers_of_another_shape_are_refused()
    {
        VideoFrames video = VBenchFiguresTests.Ramp(1);

        Assert.Throws<InvalidOperationException>(() => ConsistencyFigures.MEt3R(FakeNetwork.Constant(1), Wall, video, video, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => ConsistencyFigures.MEt3R(FakeNetwork.Pixels(), FakeNetwork.Pixels(), video, video, CancellationToken.None));
    }
}
