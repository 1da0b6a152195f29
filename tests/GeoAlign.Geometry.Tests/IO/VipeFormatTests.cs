namespace GeoAlign.Geometry.Tests.IO;

public class VipeFormatTests
{
    private static readonly RecordedIntrinsics Lens = new(600.5, 601.5, 416, 240);

    [Fact]
    public void A_clip_gives_metric_poses_frame_numbers_and_intrinsics()
    {
        RecordedTrajectory recorded = VipeFormat.Read(FormatFixture.Path("vipe", "valid", "pose", "clip.npz"));

        // the file holds float32: its rotations are off by up to 2⁻²⁵ per element and are replaced by the nearest ones
        for (int i = 0; i < 5; i++)
        {
            ReadOnlySpan<double> m = FormatFixture.Expected["vipe.c2w_f32"].Row(i);
            SE3 nearest = new(SO3.FromNoisyMatrix(new(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10])), new(m[3], m[7], m[11]));
            Near.Equal(FormatFixture.Matrices([nearest]), FormatFixture.Matrices([recorded.Trajectory[i]]), 1e-15);
        }

        FormatFixture.AssertPoses("vipe.c2w_f64", recorded.Trajectory, 6e-8);
        Assert.Equal(FormatFixture.Expected["vipe.inds"].Integers(), recorded.FrameNumbers);
        Assert.Equal(FormatFixture.Expected["vipe.fx_fy_cx_cy"].Values, recorded.Intrinsics.SelectMany(k => (double[])[k.Fx, k.Fy, k.Cx, k.Cy]));
        Assert.Equal(Enumerable.Repeat(Lens, 5), recorded.Intrinsics);
        Assert.True(recorded.HasMetricScale);
    }

    [Theory]
    [InlineData("valid_compressed_f64.npz"), InlineData("valid_fortran_order.npz")]
    public void Deflated_members_and_fortran_order_give_the_golden_poses(string file)
    {
        RecordedTrajectory recorded = VipeFormat.Read(FormatFixture.Path("vipe", file));

        FormatFixture.AssertPoses("vipe.c2w_f64", recorded.Trajectory);
        Assert.Equal([0, 1, 2, 4, 5], recorded.FrameNumbers);
        Assert.Empty(recorded.Intrinsics);
    }

    [Fact]
    public void What_is_written_is_read_back() => ForAll.Seeds(20, random =>
    {
        CameraTrajectory path = RandomPaths.Next(random);
        long[] frames = [.. Enumerable.Range(0, path.Count).Select(i => 3L * i + 1)];
        RecordedTrajectory recorded = new(path, true, [.. Enumerable.Repeat(Lens, path.Count)], frames);
        using ScratchFolder folder = new();

        VipeFormat.Write(folder["pose/clip.npz"], recorded);

        RecordedTrajectory back = VipeFormat.Read(folder["pose/clip.npz"]);
        Near.Equal(FormatFixture.Matrices(path), FormatFixture.Matrices(back.Trajectory), 2e-15);
        Assert.Equal(frames, back.FrameNumbers);
        Assert.Equal(recorded.Intrinsics, back.Intrinsics);
    });

    [Fact]
    public void A_path_of_unknown_scale_is_not_written() =>
        Assert.Contains("ViPE poses are metric", Assert.Throws<ArgumentException>(() => VipeFormat.Write("nowhere.npz", new(new CameraTrajectory([SE3.Identity]), false))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("bad_inds_length.npz", "inds are integers of shape (4), expected data (N, 4, 4) and inds (N) with N = 5")]
    [InlineData("bad_no_data_key.npz", "no member 'data', expected data (N, 4, 4) and inds (N); the file has inds, poses")]
    [InlineData("bad_not_a_zip.npz", "not a readable zip", "expected a complete .npz file")]
    [InlineData("bad_shape_3x4.npz", "floats of shape (5, 3, 4), expected floats of shape (N, 4, 4)")]
    [InlineData("bad_truncated.npz", "not a readable zip", "expected a complete .npz file")]
    public void Broken_files_are_refused(string file, params string[] pieces)
    {
        string path = FormatFixture.Path("vipe", file);

        FormatFixture.AssertRefused(path, 0, () => VipeFormat.Read(path), pieces);
    }

    [Fact]
    public void Object_arrays_are_refused_by_member()
    {
        string path = FormatFixture.Path("vipe", "bad_object_dtype.npz");

        FormatFixture.AssertRefused(path + "/data.npy", 0, () => VipeFormat.Read(path), "object array (|O), which holds pickled code, expected <f4, <f8, <i4 or <i8");
    }

    [Fact]
    public void Files_that_disagree_or_hold_bad_values_are_refused()
    {
        double[] identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        byte[] poses = Npz(NpyArray.Of([1, 4, 4], identity), NpyArray.Of([1], [3L]));

        Refuse(poses, Npz(NpyArray.Of([1, 4], [1.0, 1, 1, 1]), NpyArray.Of([1], [4L])), "intrinsics", "inds differ from those of poses, expected intrinsics of the same 1 frames");
        Refuse(poses, Npz(NpyArray.Of([1, 5], [1.0, 1, 1, 1, 1]), NpyArray.Of([1], [3L])), "intrinsics", "data are floats of shape (1, 5), expected floats of shape (N, 4): fx fy cx cy");
        Refuse(poses, Npz(NpyArray.Of([1, 4], [0.0, 1, 1, 1]), NpyArray.Of([1], [3L])), "intrinsics", "focal length of entry 0 is not positive");
        Refuse(poses, Npz(NpyArray.Of([1, 4], [1.0, 1, double.NaN, 1]), NpyArray.Of([1], [3L])), "intrinsics", "a value of entry 0 is not finite");
        Refuse(Npz(NpyArray.Of([1, 4, 4], identity), NpyArray.Of([1], [-3L])), [], "poses", "entry 0 of inds is -3, expected increasing frame numbers from 0");
        Refuse(Npz(NpyArray.Of([1, 4, 4], [.. identity[..15], 2]), NpyArray.Of([1], [3L])), [], "poses", "pose 0: last row 0 0 0 2, expected 0 0 0 1");
        Refuse(Npz(NpyArray.Of([1, 4, 4], [double.NaN, .. identity[1..]]), NpyArray.Of([1], [3L])), [], "poses", "pose 0: value 0 is not finite");
        Refuse(Npz(NpyArray.Of([1, 4, 4], [2, .. identity[1..]]), NpyArray.Of([1], [3L])), [], "poses", "pose 0: not a rotation");
        Refuse(Npz(NpyArray.Of([0, 4, 4], Array.Empty<double>()), NpyArray.Of([0], Array.Empty<long>())), [], "poses", "no pose, expected floats of shape (N, 4, 4)");

        static void Refuse(byte[] poses, byte[] intrinsics, string culprit, string problem) =>
            FormatFixture.AssertRefused(culprit, 0, () => VipeFormat.Parse(poses, "poses", intrinsics, "intrinsics"), problem);
    }

    [Fact]
    public void Other_camera_models_than_pinhole_are_refused()
    {
        using ScratchFolder folder = new();
        VipeFormat.Write(folder["pose/clip.npz"], new(new CameraTrajectory([SE3.Identity]), true, [Lens]));
        File.WriteAllText(folder["intrinsics/clip_camera.txt"], "0: PINHOLE\n1: MEI\n");

        FormatFixture.AssertRefused(folder["intrinsics/clip_camera.txt"], 2, () => VipeFormat.Read(folder["pose/clip.npz"]), "'1:' 'MEI', expected lines 'idx: PINHOLE'");
    }

    private static byte[] Npz(NpyArray data, NpyArray frames) =>
        NpzArchiveTests.Zip(System.IO.Compression.CompressionLevel.Optimal, ("data.npy", data), ("inds.npy", frames));
}
