namespace GeoAlign.Geometry;

/// <summary>The cameras of one MultiCamVideo scene, from the <c>camera_extrinsics.json</c> of ReCamMaster and ReDirector.</summary>
/// <remarks>
/// The file holds Unreal axes and centimetres; everything given out is camera-to-world, OpenCV axes, metres.
/// Layout: object <c>frame0</c>, <c>frame1</c>, … → object <c>cam01</c>, … → text of four bracketed rows.
/// </remarks>
public sealed class ReCamMasterCameras
{
    private readonly string[] _cameraIds;
    private readonly double[][] _matrices;                      // per camera: frames × 12, digits as in the file
    private readonly SE3[][] _poses;                            // per camera: the nearest rigid motions

    private ReCamMasterCameras(string[] cameraIds, double[][] matrices, SE3[][] poses, int frameCount) =>
        (_cameraIds, _matrices, _poses, FrameCount) = (cameraIds, matrices, poses, frameCount);

    /// <summary>Names of the cameras, in the order of the file's first frame.</summary>
    public IReadOnlyList<string> CameraIds => _cameraIds;

    /// <summary>Frames of every camera.</summary>
    public int FrameCount { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrajectoryFormatException">
    /// The file breaks the format; the message names file, line and what was expected.
    /// </exception>
    public static ReCamMasterCameras Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">UTF-8 JSON.</param>
    /// <param name="name">Name of the source in error messages.</param>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static ReCamMasterCameras Read(Stream stream, string name) => Parse(SourceBytes.ReadAll(stream).Span, name);

    /// <summary>Reads UTF-8 text.</summary>
    /// <param name="utf8">The JSON text; a byte order mark is accepted.</param>
    /// <param name="name">Name of the source in error messages.</param>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static ReCamMasterCameras Parse(ReadOnlySpan<byte> utf8, string name) => ReCamMasterParser.Parse(utf8, name);

    /// <summary>The path of a camera seen from its own first frame, metres.</summary>
    /// <exception cref="ArgumentException">The file has no such camera; the message names those it has.</exception>
    public CameraTrajectory Trajectory(string cameraId) => InScene(cameraId).RelativeToFirst();

    /// <summary>The path of a camera seen from one frame of a reference camera: <c>T_ref⁻¹ · T_i</c>, metres.</summary>
    /// <param name="cameraId">Camera whose path is wanted.</param>
    /// <param name="referenceCameraId">Camera that defines the world; ReDirector trains with the condition camera.</param>
    /// <param name="referenceFrame">Frame of the reference camera that becomes the origin.</param>
    /// <exception cref="ArgumentException">The file has no such camera; the message names those it has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The file has no such frame.</exception>
    public CameraTrajectory Trajectory(string cameraId, string referenceCameraId, int referenceFrame = 0)
    {
        CheckFrame(referenceFrame);
        SE3 worldToReference = _poses[IndexOf(referenceCameraId)][referenceFrame].Inverse();
        SE3[] scene = _poses[IndexOf(cameraId)];
        SE3[] relative = new SE3[scene.Length];
        for (int i = 0; i < relative.Length; i++) relative[i] = worldToReference * scene[i];
        return new CameraTrajectory(relative);
    }

    /// <summary>The path of a camera in the scene's own world: metres, the world's axes (Y, −Z, X) of Unreal.</summary>
    /// <exception cref="ArgumentException">The file has no such camera; the message names those it has.</exception>
    public CameraTrajectory InScene(string cameraId) => new(_poses[IndexOf(cameraId)]);

    /// <summary>As <see cref="Trajectory(string, string, int)"/>, in the printed digits: rotations are not projected.</summary>
    /// <remarks>
    /// The published files print six digits, so their rotations are off by up to 1e-6. The networks were trained on
    /// <c>inverse(M_ref) · M_i</c> of the printed matrices with a general inverse; these are those numbers.
    /// </remarks>
    /// <returns>Frames × 12 numbers, row-major 3×4 matrices.</returns>
    /// <exception cref="ArgumentException">The file has no such camera; the message names those it has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The file has no such frame.</exception>
    public double[] PrintedMatrices3x4(string cameraId, string referenceCameraId, int referenceFrame = 0)
    {
        CheckFrame(referenceFrame);
        ReadOnlySpan<double> reference = _matrices[IndexOf(referenceCameraId)].AsSpan(12 * referenceFrame, 12);
        Matrix3d toReference = Inverse(Linear(reference));
        Vector3d origin = new(reference[3], reference[7], reference[11]);

        double[] relative = (double[])_matrices[IndexOf(cameraId)].Clone();
        for (int i = 0; i < FrameCount; i++)
        {
            Span<double> m = relative.AsSpan(12 * i, 12);
            Matrix3d r = toReference * Linear(m);
            Vector3d t = toReference * (new Vector3d(m[3], m[7], m[11]) - origin);
            (m[0], m[1], m[2], m[3]) = (r.M00, r.M01, r.M02, t.X);
            (m[4], m[5], m[6], m[7]) = (r.M10, r.M11, r.M12, t.Y);
            (m[8], m[9], m[10], m[11]) = (r.M20, r.M21, r.M22, t.Z);
        }

        return relative;
    }

    /// <summary>Writes cameras in this format.</summary>
    /// <param name="path">File to write; an existing one is replaced.</param>
    /// <param name="cameras">Camera names and their paths in one common world; at least one, all of the same length.</param>
    /// <exception cref="ArgumentException">No camera, an empty or repeated name, or paths of different lengths.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, CameraTrajectory>> cameras)
    {
        KeyValuePair<string, CameraTrajectory>[] all = Checked(cameras);
        using FileStream stream = File.Create(path);
        ReCamMasterWriter.Write(stream, all);
    }

    /// <summary>Writes cameras in this format to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{KeyValuePair{string, CameraTrajectory}})"/>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, CameraTrajectory>> cameras)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReCamMasterWriter.Write(stream, Checked(cameras));
    }

    internal static ReCamMasterCameras Create(string[] cameraIds, double[][] matrices, SE3[][] poses) =>
        new(cameraIds, matrices, poses, poses[0].Length);

    private static KeyValuePair<string, CameraTrajectory>[] Checked(IEnumerable<KeyValuePair<string, CameraTrajectory>> cameras)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        KeyValuePair<string, CameraTrajectory>[] all = [.. cameras];
        if (all.Length == 0) throw new ArgumentException("No camera to write, expected at least one.", nameof(cameras));
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, CameraTrajectory trajectory) in all)
        {
            if (string.IsNullOrEmpty(name) || !names.Add(name))
                throw new ArgumentException($"Camera name '{name}' is empty or used twice, expected names that differ.", nameof(cameras));
            if (trajectory.Count != all[0].Value.Count)
                throw new ArgumentException(
                    $"{name} has {trajectory.Count} poses, expected {all[0].Value.Count} as {all[0].Key}.", nameof(cameras));
        }

        return all;
    }

    private int IndexOf(string cameraId)
    {
        int index = Array.IndexOf(_cameraIds, cameraId);
        return index >= 0
            ? index
            : throw new ArgumentException($"No camera '{cameraId}', the file has {SourceText.Names(_cameraIds)}.", nameof(cameraId));
    }

    private void CheckFrame(int referenceFrame)
    {
        if ((uint)referenceFrame >= (uint)FrameCount)
            throw new ArgumentOutOfRangeException(nameof(referenceFrame), referenceFrame, $"The file has frames 0 to {FrameCount - 1}.");
    }

    private static Matrix3d Linear(ReadOnlySpan<double> m) => new(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]);

    /// <summary>The general inverse by cofactors; the argument is a rotation up to rounding, so the determinant is near 1.</summary>
    private static Matrix3d Inverse(Matrix3d m)
    {
        Vector3d a = m.Column(0), b = m.Column(1), c = m.Column(2);
        Matrix3d cofactors = Matrix3d.FromColumns(Vector3d.Cross(b, c), Vector3d.Cross(c, a), Vector3d.Cross(a, b));
        return 1 / m.Determinant * cofactors.Transpose();
    }
}
