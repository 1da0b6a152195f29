using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Miniature;

/// <summary>Raw camera paths, before they get their metric speeds: velocities in the camera's own frame that change smoothly at random.</summary>
/// <param name="TranslationScale">Spread of the velocity along the camera's x, y, z; only the ratios matter after rescaling.</param>
/// <param name="RotationScale">Spread of the angular velocity about the camera's x, y, z.</param>
/// <param name="Persistence">Share of the velocity that is kept from frame to frame.</param>
/// <param name="Innovation">New velocity per frame, in units of the scales.</param>
internal sealed record RandomWalk(Vector3d TranslationScale, Vector3d RotationScale, double Persistence, double Innovation)
{
    private const double RadiansPerUnit = 0.1;

    /// <summary>Like a player who walks through a game: mostly forward, sideways and turning, long smooth moves.</summary>
    public static RandomWalk GameLike { get; } = new(new(0.9, 0.35, 1), new(0.45, 1, 0.12), 0.8, 0.4);

    /// <summary>Like a camera held in the hand: no preferred direction, soon somewhere else.</summary>
    public static RandomWalk HandHeld { get; } = new(new(1, 0.8, 0.6), new(0.7, 1, 0.5), 0.6, 0.8);

    /// <summary>A path of so many poses, the first the identity.</summary>
    public CameraTrajectory Draw(CounterRandom random, int poses)
    {
        double[] normals = new double[6 * poses];
        random.Normals(normals);
        SE3[] path = new SE3[poses];
        path[0] = SE3.Identity;
        Vector3d v = Vector3d.Zero, w = Vector3d.Zero;
        for (int i = 1; i < poses; i++)
        {
            ReadOnlySpan<double> n = normals.AsSpan(6 * (i - 1), 6);
            (double keep, double add) = i == 1 ? (0, 1) : (Persistence, Innovation);
            v = keep * v + add * Scaled(TranslationScale, n[..3]);
            w = keep * w + add * Scaled(RotationScale, n[3..]);
            path[i] = path[i - 1] * new SE3(SO3.Exp(RadiansPerUnit * w), v);
        }

        return new(path);
    }

    private static Vector3d Scaled(Vector3d scale, ReadOnlySpan<double> n) => new(scale.X * n[0], scale.Y * n[1], scale.Z * n[2]);
}
