using System.IO.Compression;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Artefacts;

/// <summary>Writes what ViPE leaves of a video.</summary>
internal static class SceneOnDisk
{
    /// <summary>Writes poses, intrinsics in pixels of the depths, depths and masks.</summary>
    /// <returns>The pose file.</returns>
    public static string Write(
        TemporaryFolder files, string folder, string name, CameraTrajectory path, int width, int height, Func<int, int, int, double> depth, Func<int, int, int, byte> mask,
        long[]? frames = null, bool hasIntrinsics = true)
    {
        string poses = files.At(folder, "pose", name + ".npz");
        RecordedIntrinsics camera = new(width, height, 0.5 * width, 0.5 * height);
        VipeFormat.Write(poses, new RecordedTrajectory(path, hasMetricScale: true, hasIntrinsics ? [.. Enumerable.Repeat(camera, path.Count)] : null, frames));
        int[] numbers = [.. Enumerable.Range(0, path.Count)];
        if (frames is not null) numbers = [.. frames.Select(f => (int)f)];
        Zip(files.At(folder, "depth", name + ".zip"), numbers.Select(f => ($"{f:D5}.exr", ExrFile.Of(width, height, (x, y) => depth(f, x, y)))));
        Zip(files.At(folder, "mask", name + ".zip"), numbers.Select(f => ($"{f:D5}.png", GreyPngFile.Of(width, height, (x, y) => mask(f, x, y)))));
        return poses;
    }

    /// <summary>Writes a zip of files.</summary>
    public static string Zip(string path, IEnumerable<(string Name, byte[] Bytes)> members)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in members)
        {
            using Stream member = zip.CreateEntry(name).Open();
            member.Write(bytes);
        }

        return path;
    }
}
