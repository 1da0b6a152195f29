using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>The ten test moves of ReCamMaster (arXiv 2503.11647) in closed form, and digit for digit as its file prints them.</summary>
/// <remarks>
/// Frame k of the published file stands at the share k/80.5 of the full move, 81 frames, so that the last one stops just short of the end.
/// The closed form was read off that file: with its numbers rounded as printed it gives all 810 published matrices.
/// </remarks>
public static class ReCamMasterMoves
{
    /// <summary>Frames of the published file.</summary>
    public const int PublishedFrames = 81;

    private const double FramesOfTheFullMove = 80.5;
    private const double PivotMetres = 4;

    // The file's first camera, in Unreal's world: every printed location has six digits of these numbers plus the motion.
    private static readonly Vector3d StartCentimetres = new(3390, 1380, 240);

    /// <summary>All ten, in the order of the file.</summary>
    public static IReadOnlyList<CameraMove> All { get; } = Enum.GetValues<CameraMove>();

    /// <summary>
    /// The camera-to-world pose at a share of a move; at 0 it is the identity, at 1 the move is complete. Metres, OpenCV axes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such move, or the share is not in [0, 1].</exception>
    public static SE3 PoseAt(CameraMove move, double share)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share of a move lies in [0, 1].");
        (double yaw, double pitch, Vector3d centre) = At(move, share);
        return new(SO3.Exp(new(pitch, yaw, 0)), centre);
    }

    /// <summary>The complete move in a number of frames: frame i stands at the share <c>i/(frames − 1)</c>.</summary>
    /// <param name="move">Which of the ten.</param>
    /// <param name="frames">At least 2.</param>
    public static CameraTrajectory Path(CameraMove move, int frames) => TrajectoryPresets.Sampled(frames, share => PoseAt(move, share));

    /// <summary>The published path, 81 frames, from the printed digits.</summary>
    public static CameraTrajectory Published(CameraMove move)
    {
        double[] matrices = PublishedMatrices3x4(move);
        SE3[] poses = new SE3[PublishedFrames];
        for (int i = 0; i < poses.Length; i++) poses[i] = SE3.FromRowMajor3x4(matrices.AsSpan(12 * i, 12));
        return new CameraTrajectory(poses);
    }

    /// <summary>
    /// The published path in its printed digits: 81 × 12 numbers, row-major 3×4, relative to the first frame, rotations good to 1e-6.
    /// </summary>
    public static double[] PublishedMatrices3x4(CameraMove move)
    {
        double[] matrices = new double[12 * PublishedFrames];
        for (int k = 0; k < PublishedFrames; k++)
        {
            (double yaw, double pitch, Vector3d centre) = At(move, k / FramesOfTheFullMove);
            Vector3d location = StartCentimetres + 100 * AxisConventions.UnrealFromWorld(centre);
            Vector3d printed = AxisConventions.WorldFromUnreal(new Vector3d(SixDigits(location.X), SixDigits(location.Y), SixDigits(location.Z)) - StartCentimetres) / 100;
            (double s, double c) = PrintedSinCos(move, k, yaw + pitch);                  // one of the two is 0
            Matrix3d r = pitch == 0 ? new(c, 0, s, 0, 1, 0, -s, 0, c) : new(1, 0, 0, 0, c, -s, 0, s, c);
            Span<double> m = matrices.AsSpan(12 * k, 12);
            (m[0], m[1], m[2], m[3]) = (r.M00, r.M01, r.M02, printed.X);
            (m[4], m[5], m[6], m[7]) = (r.M10, r.M11, r.M12, printed.Y);
            (m[8], m[9], m[10], m[11]) = (r.M20, r.M21, r.M22, printed.Z);
        }

        return matrices;
    }

    private static (double Yaw, double Pitch, Vector3d Centre) At(CameraMove move, double share)
    {
        switch (move)
        {
            case CameraMove.PanRight: return (share * Math.PI / 9, 0, Vector3d.Zero);
            case CameraMove.PanLeft: return (-share * Math.PI / 9, 0, Vector3d.Zero);
            case CameraMove.TiltUp: return (0, share * Math.PI / 18, Vector3d.Zero);
            case CameraMove.TiltDown: return (0, -share * Math.PI / 18, Vector3d.Zero);
            case CameraMove.ZoomIn: return (0, 0, new(0, 0, 2 * share));
            case CameraMove.ZoomOut: return (0, 0, new(0, 0, -2 * share));
            case CameraMove.TranslateUp: return (0, -Math.Atan2(share, PivotMetres), new(0, -share, 0));
            case CameraMove.TranslateDown: return (0, Math.Atan2(share, PivotMetres), new(0, share, 0));
            case CameraMove.ArcLeft: return Arc(-1, share);
            case CameraMove.ArcRight: return Arc(1, share);
            default: throw new ArgumentOutOfRangeException(nameof(move), move, "No such move; the ten are numbered 1 to 10.");
        }
    }

    private static (double Yaw, double Pitch, Vector3d Centre) Arc(int side, double share)
    {
        (double sin, double cos) = Math.SinCos(Math.PI / 6);
        double x = share * PivotMetres * sin, z = share * PivotMetres * (1 - cos);
        return (-side * Math.Atan2(x, PivotMetres - z), 0, new(side * x, 0, z));
    }

    // Exactly, the sine of frame 44 of the arcs is 0.2828444984, a hair below the middle between two printable numbers; the file has the upper one.
    private static (double Sin, double Cos) PrintedSinCos(CameraMove move, int frame, double angle)
    {
        (double s, double c) = Math.SinCos(angle);
        double sin = move is CameraMove.ArcLeft or CameraMove.ArcRight && frame == 44 ? Math.CopySign(0.282845, s) : SixDigits(s);
        return (sin, SixDigits(c));
    }

    private static double SixDigits(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
