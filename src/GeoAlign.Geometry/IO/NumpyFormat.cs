namespace GeoAlign.Geometry;

/// <summary>Plain NumPy files of poses: an array (N,3,4) or (N,4,4), alone (<c>.npy</c>) or in an archive (<c>.npz</c>).</summary>
/// <remarks>
/// Matrices are camera-to-world with OpenCV axes unless the caller says that they are world-to-camera. Whether they are metric, the file
/// does not say.
/// </remarks>
public static class NumpyFormat
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A .npy or .npz file; its content decides.</param>
    /// <param name="member">Array of an archive; null takes the only one that has the shape of poses.</param>
    /// <param name="worldToCamera">Whether the matrices are world-to-camera.</param>
    /// <exception cref="TrajectoryFormatException">The file breaks the format; the message says what was expected.</exception>
    public static RecordedTrajectory Read(string path, string? member = null, bool worldToCamera = false) =>
        Parse(File.ReadAllBytes(path), path, member, worldToCamera);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">A .npy or .npz file.</param>
    /// <param name="name">Name of the source in error messages.</param>
    /// <param name="member">Array of an archive; null takes the only one that has the shape of poses.</param>
    /// <param name="worldToCamera">Whether the matrices are world-to-camera.</param>
    /// <exception cref="TrajectoryFormatException">The bytes break the format.</exception>
    public static RecordedTrajectory Parse(ReadOnlySpan<byte> bytes, string name, string? member = null, bool worldToCamera = false)
    {
        NpyArray array = bytes.StartsWith(NpyHeader.Magic)
            ? NpyArray.Parse(bytes, name)
            : Member(NpzArchive.Parse(bytes, name), name, member);
        SE3[] poses = PoseMatrices.Read(array, name, only4x4: false);
        if (worldToCamera) poses = Array.ConvertAll(poses, pose => pose.Inverse());
        return new RecordedTrajectory(new CameraTrajectory(poses), hasMetricScale: false);
    }

    /// <summary>Writes camera-to-world matrices (N,4,4) as a .npy file; an existing one is replaced. Time stamps are not kept.</summary>
    public static void Write(string path, CameraTrajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        PoseMatrices.Write(trajectory).Write(path);
    }

    private static NpyArray Member(NpzArchive archive, string name, string? member)
    {
        if (member is not null) return archive[member];

        NpyArray? found = null;
        foreach (string candidate in archive.Names)
        {
            NpyArray array = archive[candidate];
            if (!PoseMatrices.HasPoseShape(array)) continue;
            if (found is not null)
                throw new TrajectoryFormatException(
                    name, 0, $"several members have the shape of poses, expected one, or its name: the file has {SourceText.Names(archive.Names)}");
            found = array;
        }

        return found
            ?? throw new TrajectoryFormatException(name, 0, $"no member of shape (N, 3, 4) or (N, 4, 4), expected one: the file has {SourceText.Names(archive.Names)}");
    }
}
