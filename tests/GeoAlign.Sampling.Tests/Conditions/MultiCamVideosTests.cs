using GeoAlign.Geometry;
using GeoAlign.Sampling.Tests.Video;

namespace GeoAlign.Sampling.Tests.Conditions;

public sealed class MultiCamVideosTests : IDisposable
{
    private static readonly FrameSize Size = new(64, 48);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scenes_at_any_depth_are_found_in_natural_order_with_their_cameras()
    {
        foreach (string scene in new[] { "train/f18_aperture10/scene10", "train/f18_aperture10/scene2", "val/10basic_trajectories" }) Scene(scene, 3, "cam02.mp4", "cam01.mp4", "notes.txt");
        File.WriteAllText(_folder["train/f18_aperture10/scene2/videos/cam02.txt"], "a hall\n");

        IReadOnlyList<ConditionVideo> videos = new MultiCamVideos(_folder.Path).List();

        Assert.Equal(
        [
            "train/f18_aperture10/scene2/videos/cam01.mp4", "train/f18_aperture10/scene2/videos/cam02.mp4",
            "train/f18_aperture10/scene10/videos/cam01.mp4", "train/f18_aperture10/scene10/videos/cam02.mp4",
            "val/10basic_trajectories/videos/cam01.mp4", "val/10basic_trajectories/videos/cam02.mp4",
        ], videos.Select(v => v.Name));
        Assert.Equal(new RecordedCamera(_folder["train/f18_aperture10/scene2/cameras/camera_extrinsics.json"], "cam02"), videos[1].Camera);
        Assert.Equal("a hall", videos[1].Prompt.Text);
        Assert.Equal("there is no cam01.txt", videos[0].Prompt.Origin);
    }

    [Fact]
    public void Links_are_followed_but_not_round_in_circles()
    {
        using TemporaryFolder elsewhere = new();
        Scene("data/scene1", 3, "cam01.mp4");
        Directory.CreateDirectory(elsewhere["more"]);
        Directory.CreateSymbolicLink(elsewhere["more/scene2"], _folder["data/scene1"]);
        Directory.CreateSymbolicLink(_folder["data/other"], elsewhere["more"]);
        Directory.CreateSymbolicLink(_folder["data/here"], _folder["data"]);
        Directory.CreateSymbolicLink(_folder["data/up"], "..");

        Assert.Equal(["other/scene2/videos/cam01.mp4", "scene1/videos/cam01.mp4"], new MultiCamVideos(_folder["data"]).List().Select(v => v.Name));
    }

    [Fact]
    public void A_folder_without_scenes_is_refused()
    {
        Assert.Contains("holds no scene of MultiCamVideo", Assert.Throws<VideoException>(() => new MultiCamVideos(_folder.Path).List()).Message, StringComparison.Ordinal);
        Assert.Equal(VideoProblem.Missing, Assert.Throws<VideoException>(() => new MultiCamVideos(_folder["absent"]).List()).Kind);
    }

    [Fact]
    public async Task The_recorded_camera_goes_with_the_frames_that_were_taken()
    {
        CameraTrajectory arc = ReCamMasterMoves.Path(CameraMove.ArcLeft, 12);
        Scene("scene", 0);
        ReCamMasterCameras.Write(_folder["scene/cameras/camera_extrinsics.json"], [new("cam01", arc)]);
        SyntheticVideo.Lossless(_folder["scene/videos/cam01.mp4"], SyntheticVideo.Counting(Size, 12), Size);
        ConditionClipSource source = new([new MultiCamVideos(_folder["scene"])], new() { FrameCount = 4, FrameStride = 2, Size = Size }, new VideoReader());
        ConditionClip clip = await source.DrawAsync(3, 1, 0);

        SourceCamera camera = await new SourceCameras(null).OfAsync(clip);

        Assert.Equal(SourceCameraOrigin.Recorded, camera.Origin);
        SE3 toFirst = arc[clip.StartFrame].Inverse();
        for (int k = 0; k < 4; k++)
        {
            SE3 expected = toFirst * arc[clip.StartFrame + 2 * k];
            Assert.True(Vector3d.Distance(expected.Translation, camera.Path![k].Translation) < 1e-9 && SO3.GeodesicDistance(expected.Rotation, camera.Path[k].Rotation) < 1e-9);
        }
    }

    [Fact]
    public async Task A_camera_file_that_does_not_fit_its_video_is_refused_by_name()
    {
        Scene("scene", 5);
        SyntheticVideo.Lossless(_folder["scene/videos/cam01.mp4"], SyntheticVideo.Counting(Size, 12), Size);
        SyntheticVideo.Lossless(_folder["scene/videos/cam09.mp4"], SyntheticVideo.Counting(Size, 12), Size);
        ConditionClipSource source = new([new MultiCamVideos(_folder.Path)], new() { FrameCount = 12, Size = Size }, new VideoReader());

        TrajectoryFormatException shorter = await Assert.ThrowsAsync<TrajectoryFormatException>(async () => await new SourceCameras(null).OfAsync(await source.ReadAsync("scene/videos/cam01.mp4", 0)));
        TrajectoryFormatException other = await Assert.ThrowsAsync<TrajectoryFormatException>(async () => await new SourceCameras(null).OfAsync(await source.ReadAsync("scene/videos/cam09.mp4", 0)));

        Assert.Contains("has 5 poses of cam01", shorter.Message, StringComparison.Ordinal);
        Assert.Contains("has no camera cam09", other.Message, StringComparison.Ordinal);
    }

    private void Scene(string name, int frames, params string[] files)
    {
        Directory.CreateDirectory(_folder[name + "/videos"]);
        Directory.CreateDirectory(_folder[name + "/cameras"]);
        foreach (string file in files) File.WriteAllText(_folder[$"{name}/videos/{file}"], "");
        if (frames > 0) ReCamMasterCameras.Write(_folder[name + "/cameras/camera_extrinsics.json"], [new("cam01", ReCamMasterMoves.Path(CameraMove.ZoomIn, frames)), new("cam02", ReCamMasterMoves.Path(CameraMove.PanLeft, frames))]);
    }
}
