using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>Which trajectories a path of the file system means, and the paths in each.</summary>
internal static class TrajectoryFiles
{
    private static readonly string[] Extensions = [".json", ".txt", ".tum", ".kitti", ".npz", ".npy", ".csv"];

    /// <summary>The file itself; a folder that is a trajectory as a whole; or everything below a folder that has a trajectory's extension.</summary>
    /// <exception cref="TrajectoryFormatException">Nothing found.</exception>
    public static IReadOnlyList<string> Below(string path)
    {
        if (File.Exists(path)) return [path];
        List<string> found = [];
        Collect(path, found);
        return found.Count > 0
            ? found
            : throw new TrajectoryFormatException(path, 0, $"the folder holds no trajectory, expected files ending in {string.Join(", ", Extensions)}, COLMAP models or OmniWorld scenes");
    }

    /// <summary>The paths of one trajectory file or folder, each with a name.</summary>
    /// <exception cref="TrajectoryFormatException">The content breaks its format.</exception>
    public static IEnumerable<KeyValuePair<string, CameraTrajectory>> Read(string file, string name)
    {
        if (name == ".") name = Path.GetFileName(Path.TrimEndingDirectorySeparator(file));
        switch (TrajectoryFile.Detect(file))
        {
            case TrajectoryFormat.ReCamMaster:
                ReCamMasterCameras cameras = ReCamMasterCameras.Read(file);
                return cameras.CameraIds.Select(id => KeyValuePair.Create($"{name}#{id}", cameras.Trajectory(id)));
            case TrajectoryFormat.OmniWorld:
                string folder = Directory.Exists(file) ? file : Path.GetDirectoryName(Path.GetFullPath(file))!;
                string info = Path.Combine(folder, "split_info.json");
                int splits = OmniWorldFormat.ParseSplits(File.ReadAllBytes(info), info).Count;
                return Enumerable.Range(0, splits).Select(k => KeyValuePair.Create(
                    string.Create(CultureInfo.InvariantCulture, $"{name}#{k}"), Checked(OmniWorldFormat.Read(folder, k).Trajectory, folder)));
            default:
                return [KeyValuePair.Create(name, Checked(TrajectoryFile.Read(file, new TrajectoryReadOptions { DropNaNTail = true }).Trajectory, file))];
        }
    }

    private static CameraTrajectory Checked(CameraTrajectory path, string file) =>
        path.Count >= 2 ? path : throw new TrajectoryFormatException(file, 0, $"{path.Count} pose, expected at least 2 for a camera path");

    private static void Collect(string folder, List<string> found)
    {
        if (IsTrajectory(folder))
        {
            found.Add(folder);
            return;
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(folder).Where(e => !Path.GetFileName(e).StartsWith('.')).OrderBy(e => Path.GetFileName(e), NaturalOrder.Instance))
        {
            if (Directory.Exists(entry))
            {
                if (!SubFolders.LeadsBack(entry)) Collect(entry, found);
            }
            else if (Extensions.Contains(Path.GetExtension(entry), StringComparer.OrdinalIgnoreCase)) found.Add(entry);
        }
    }

    private static bool IsTrajectory(string folder) =>
        File.Exists(Path.Combine(folder, "split_info.json")) || File.Exists(Path.Combine(folder, "images.bin"))
        || File.Exists(Path.Combine(folder, "images.txt")) && File.Exists(Path.Combine(folder, "cameras.txt"));
}
