using GeoAlign.Testing;

namespace GeoAlign.Geometry.Tests.IO;

/// <summary>The sample files of the formats and the poses they must give.</summary>
internal static class FormatFixture
{
    private static readonly string[] Folder = ["geometry", "formats"];

    public static FixtureTensors Expected { get; } = FixtureTensors.Load([.. Folder, "expected.safetensors"]);

    /// <summary>Path of a sample file.</summary>
    public static string Path(params string[] parts) => Repository.Fixture([.. Folder, .. parts]);

    /// <summary>Row-major 3×4 matrices of all poses, one after the other.</summary>
    public static double[] Matrices(IEnumerable<SE3> poses)
    {
        List<double> values = [];
        double[] matrix = new double[12];
        foreach (SE3 pose in poses)
        {
            pose.CopyToRowMajor3x4(matrix);
            values.AddRange(matrix);
        }

        return [.. values];
    }

    /// <summary>Fails unless the poses are those of a golden tensor (n,3,4).</summary>
    public static void AssertPoses(string tensor, IEnumerable<SE3> actual, double absolute = 1e-8) =>
        Near.Equal(Expected[tensor].Values, Matrices(actual), absolute, what: tensor);

    /// <summary>Fails unless reading throws, naming the file and line and holding each piece of text.</summary>
    public static TrajectoryFormatException AssertRefused(string path, int line, Func<object> read, params string[] pieces)
    {
        TrajectoryFormatException refusal = Assert.Throws<TrajectoryFormatException>(read);
        Assert.StartsWith(line > 0 ? $"{path}:{line}: " : $"{path}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(line, refusal.Line);
        Assert.Equal(path, refusal.Path);
        foreach (string piece in pieces) Assert.Contains(piece, refusal.Message, StringComparison.Ordinal);
        return refusal;
    }
}
