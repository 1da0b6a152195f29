using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class KittiFormatTests
{
    [Fact]
    public void A_valid_file_gives_the_golden_poses_without_times()
    {
        CameraTrajectory path = KittiFormat.Read(FormatFixture.Path("kitti", "valid.txt"));

        FormatFixture.AssertPoses("kitti.c2w", path);
        Assert.False(path.HasTimestamps);
    }

    [Fact]
    public void What_is_written_is_read_back() => ForAll.Seeds(50, random =>
    {
        CameraTrajectory path = RandomPaths.Next(random);
        using MemoryStream stream = new();

        KittiFormat.Write(stream, path);

        CameraTrajectory back = KittiFormat.Parse(stream.ToArray(), "memory");
        Near.Equal(FormatFixture.Matrices(path), FormatFixture.Matrices(back), 2e-15);
        for (int i = 0; i < path.Count; i++) Assert.Equal(path[i].Translation, back[i].Translation);
    });

    [Fact]
    public void A_written_row_holds_the_matrix_row_by_row()
    {
        // a quarter turn about z: x of the camera points along y of the world
        using ScratchFolder folder = new();
        string file = folder["poses.txt"];

        KittiFormat.Write(file, new CameraTrajectory([new(SO3.FromQuaternionWxyz(1, 0, 0, 1), new(7, 8, 9))]));

        double[] row = [.. File.ReadAllText(file).TrimEnd('\n').Split(' ').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        Near.Equal([0, -1, 0, 7, 1, 0, 0, 8, 0, 0, 1, 9], row, 1e-15);
    }

    [Fact]
    public void Rounded_rotations_are_projected_to_the_nearest_one()
    {
        // three digits of a turn by 0.3 rad about z, stretched along x: the nearest rotation is the turn between the two rounded columns
        CameraTrajectory path = KittiFormat.Parse("0.9553 -0.2955 0 0 0.2955 0.9553 0 0 0 0 1.0004 0"u8, "poses.txt");

        Near.Equal([Math.Atan2(0.2955, 0.9553)], [path[0].Rotation.Log().Z], 1e-15);
        Near.Equal([0, 0], [path[0].Rotation.X, path[0].Rotation.Y], 1e-15);
    }

    [Theory]
    [InlineData("bad_11_columns.txt", 2, "11 values, expected 12 (r00 r01 r02 tx r10 r11 r12 ty r20 r21 r22 tz)")]
    [InlineData("bad_16_columns.txt", 1, "16 values, expected 12")]
    [InlineData("bad_not_a_rotation.txt", 1, "not a rotation: RᵀR differs from the identity by 3, expected less than 0.001")]
    [InlineData("bad_reflection.txt", 1, "a reflection (determinant -1), expected a rotation (determinant 1)")]
    public void Broken_files_are_refused(string file, int line, string problem)
    {
        string path = FormatFixture.Path("kitti", file);

        FormatFixture.AssertRefused(path, line, () => KittiFormat.Read(path), problem);
    }

    [Theory]
    [InlineData("", 1, "no pose, expected rows of 12 numbers")]
    [InlineData("1 0 0 0 0 1 0 0 0 0 1 0\n\n1 0 0 x 0 1 0 0 0 0 1 0\n", 3, "'x' is not a number, expected 12 finite numbers")]
    [InlineData("1 0 0 0 0 1 0 0 0 0 1 nan", 1, "'nan' is not finite, expected 12 finite numbers")]
    [InlineData("1 0 0 0 0 1 0.002 0 0 0 1 0", 1, "not a rotation: RᵀR differs from the identity by 0.002")]
    public void Broken_rows_are_refused_on_their_line(string text, int line, string problem) =>
        FormatFixture.AssertRefused("poses.txt", line, () => KittiFormat.Parse(Encoding.UTF8.GetBytes(text), "poses.txt"), problem);
}
