using System.IO.Compression;

namespace GeoAlign.Geometry.Tests.IO;

public class NumpyFormatTests
{
    [Theory]
    [InlineData(3), InlineData(4)]
    public void Arrays_of_3x4_and_4x4_matrices_are_read(int rows) => ForAll.Seeds(20, random =>
    {
        CameraTrajectory path = RandomPaths.Next(random);
        double[] values = [.. path.SelectMany(pose => (double[])[.. FormatFixture.Matrices([pose]), .. rows == 4 ? new double[] { 0, 0, 0, 1 } : []])];
        using MemoryStream stream = new();
        NpyArray.Of([path.Count, rows, 4], values).Write(stream);

        RecordedTrajectory direct = NumpyFormat.Parse(stream.ToArray(), "a.npy"), inverted = NumpyFormat.Parse(stream.ToArray(), "a.npy", worldToCamera: true);

        Near.Equal(FormatFixture.Matrices(path), FormatFixture.Matrices(direct.Trajectory), 2e-15);
        // positions reach 100 m and are rotated twice: at most 45 roundings of 100·2⁻⁵³
        Near.Equal(FormatFixture.Matrices(path), FormatFixture.Matrices(inverted.Trajectory.Select(pose => pose.Inverse())), 5e-13);
    });

    [Fact]
    public void A_written_file_is_read_back()
    {
        CameraTrajectory path = new([SE3.Identity, new(SO3.Exp(new(0.1, 0.2, 0.3)), new(1, 2, 3))]);
        using ScratchFolder folder = new();

        NumpyFormat.Write(folder["poses.npy"], path);

        Near.Equal(FormatFixture.Matrices(path), FormatFixture.Matrices(NumpyFormat.Read(folder["poses.npy"]).Trajectory), 1e-15);
        Assert.Equal([2, 4, 4], NpyArray.Read(folder["poses.npy"]).Shape.ToArray());
    }

    [Fact]
    public void The_only_member_of_the_shape_of_poses_is_taken_and_any_other_by_name()
    {
        NpyArray identity = Poses(0), moved = Poses(5), times = NpyArray.Of([1], [0.5]);
        byte[] one = NpzArchiveTests.Zip(CompressionLevel.Optimal, ("t.npy", times), ("poses.npy", identity));
        byte[] two = NpzArchiveTests.Zip(CompressionLevel.Optimal, ("a.npy", identity), ("b.npy", moved));
        byte[] none = NpzArchiveTests.Zip(CompressionLevel.Optimal, ("t.npy", times));

        Assert.Equal(0, NumpyFormat.Parse(one, "x.npz").Trajectory[0].Translation.X);
        Assert.Equal(5, NumpyFormat.Parse(two, "x.npz", member: "b").Trajectory[0].Translation.X);
        FormatFixture.AssertRefused("x.npz", 0, () => NumpyFormat.Parse(two, "x.npz"), "several members have the shape of poses, expected one, or its name: the file has a, b");
        FormatFixture.AssertRefused("x.npz", 0, () => NumpyFormat.Parse(none, "x.npz"), "no member of shape (N, 3, 4) or (N, 4, 4), expected one: the file has t");
        FormatFixture.AssertRefused("x.npz", 0, () => NumpyFormat.Parse(none, "x.npz", member: "t"), "floats of shape (1), expected floats of shape (N, 3, 4) or (N, 4, 4)");

        static NpyArray Poses(double x) => NpyArray.Of([1, 3, 4], [1, 0, 0, x, 0, 1, 0, 0, 0, 0, 1, 0]);
    }
}
