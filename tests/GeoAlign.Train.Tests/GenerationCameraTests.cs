using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Train.Tests;

public class GenerationCameraTests
{
    private static readonly RecordedIntrinsics Recorded = new(900, 900, 640, 360) { WidthPixels = 1280, HeightPixels = 720 };

    [Fact]
    public void Intrinsics_that_come_with_the_source_path_are_used_with_the_size_of_their_picture()
    {
        (NormalisedIntrinsics intrinsics, ImageSize? picture) = GenerationRun.Camera(null, 832, 480, Recorded);

        Assert.Equal(new NormalisedIntrinsics(900.0 / 1280, 900.0 / 720), intrinsics);
        Assert.Equal(new ImageSize(1280, 720), picture);
    }

    [Fact]
    public void A_field_of_view_that_is_given_goes_first_and_pixels_are_square()
    {
        (NormalisedIntrinsics intrinsics, ImageSize? picture) = GenerationRun.Camera(90, 832, 480, Recorded);

        Assert.Equal(0.5, intrinsics.Fx, 1e-12);
        Assert.Equal(intrinsics.Fx * 832, intrinsics.Fy * 480, 1e-9);
        Assert.Null(picture);
    }

    [Fact]
    public void Pixels_without_the_size_of_their_picture_cannot_be_used() =>
        Assert.Equal(GenerationRun.Camera(65, 832, 480, null), GenerationRun.Camera(null, 832, 480, new RecordedIntrinsics(900, 900, 640, 360)));

    [Fact]
    public void A_source_path_gives_the_poses_of_the_frames_that_are_used_and_is_not_stretched()
    {
        CameraTrajectory whole = TrajectoryPresets.Dolly(8, 0.7);

        CameraTrajectory used = GenerationRun.Beginning(whole, "clip.tum", 5);

        Assert.Equal(whole.Take(5), used);
        Assert.Contains("clip.tum has 8 poses, the clip 9 frames", Assert.Throws<ArgumentException>(() => GenerationRun.Beginning(whole, "clip.tum", 9)).Message, StringComparison.Ordinal);
    }
}
