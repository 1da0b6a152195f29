using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Paths;

public class ReadyPathsTests
{
    [Fact]
    public void Artefacts_of_one_run_of_many_and_plain_files_are_found_by_the_name_of_their_video()
    {
        using TemporaryFolder files = new();
        files.Write("", "all", "pose", "v_camera_1_speed_1.0.npz");
        files.Write("", "all", "intrinsics", "v_camera_1_speed_1.0.npz");
        files.Write("", "all", "v_camera_2_speed_1.0", "pose", "input.npz");
        files.Write("", "all", "v_camera_10_speed_1.0.txt");

        Assert.Equal(["v_camera_1_speed_1.0", "v_camera_2_speed_1.0", "v_camera_10_speed_1.0"], PoseFolder.Read(files.At("all")).Select(p => p.Key));
        files.Write("", "all", "v_camera_2_speed_1.0.npz");
        Assert.Throws<InvalidDataException>(() => PoseFolder.Read(files.At("all")));
    }

    [Fact]
    public void Frame_numbers_of_an_artefact_say_which_frames_have_poses()
    {
        using TemporaryFolder files = new();
        string file = files.At("pose", "v.npz");
        CameraTrajectory path = new([SE3.Identity, SE3.Exp(new(new(1, 0, 0), Vector3d.Zero)), SE3.Exp(new(new(2, 0, 0), Vector3d.Zero))]);
        VipeFormat.Write(file, new RecordedTrajectory(path, hasMetricScale: true, frameNumbers: [0, 4, 5]));

        EstimatedPath with = ReadyPaths.Read(file, new VideoFacts(9, 8, 4)), without = ReadyPaths.Read(file, null), other = ReadyPaths.Read(file, new VideoFacts(5, 8, 4));

        Assert.Equal([0, 4, 5], with.Frames);
        Assert.Equal((9, 6), (with.FrameCount, without.FrameCount));
        Assert.True(with.IsMetric);
        Assert.Contains("belong to another video", other.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Poses_without_frame_numbers_are_one_to_a_frame_or_are_not_paired()
    {
        using TemporaryFolder files = new();
        string file = files.At("v.txt");
        TumFormat.Write(file, new CameraTrajectory([SE3.Identity, SE3.Exp(new(new(1, 0, 0), Vector3d.Zero)), SE3.Exp(new(new(2, 0, 0), Vector3d.Zero))], [0, 0.1, 0.2]));

        Assert.Equal([0, 1, 2], ReadyPaths.Read(file, new VideoFacts(3, 8, 4)).Frames);
        Assert.Equal([0, 1, 2], ReadyPaths.Read(file, null).Frames);
        Assert.Contains("3 poses without frame numbers for a video of 5 frames", ReadyPaths.Read(file, new VideoFacts(5, 8, 4)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_number_of_no_real_clip_is_refused()
    {
        using TemporaryFolder files = new();
        string file = files.At("pose", "v.npz");
        VipeFormat.Write(file, new RecordedTrajectory(new([SE3.Identity, SE3.Identity]), hasMetricScale: true, frameNumbers: [0, 5_000_000_000]));

        Assert.Contains("5000000000", Assert.Throws<InvalidDataException>(() => ReadyPaths.Read(file, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it()
    {
        using TemporaryFolder files = new();

        Assert.Throws<TrajectoryFormatException>(() => ReadyPaths.Read(files.Write("no zip", "v.npz"), null));
    }
}
