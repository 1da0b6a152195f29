using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>Ten moves with known metres and degrees: pan, dolly, truck, pedestal and arc, each both ways. Six poses, the first the identity.</summary>
internal static class ScriptedPaths
{
    private const double TurnDegrees = 5, ArcRadiusMetres = 1.8;

    private static readonly (string Name, Func<int, SE3> Pose)[] Moves =
    [
        ("pan left", k => Yaw(-TurnDegrees * k)),
        ("pan right", k => Yaw(TurnDegrees * k)),
        ("dolly in", k => Moved(0, 0, 0.22 * k)),
        ("dolly out", k => Moved(0, 0, -0.13 * k)),
        ("truck left", k => Moved(-0.2 * k, 0, 0)),
        ("truck right", k => Moved(0.2 * k, 0, 0)),
        ("pedestal up", k => Moved(0, -0.11 * k, 0)),
        ("pedestal down", k => Moved(0, 0.11 * k, 0)),
        ("arc left", k => Arc(TurnDegrees * k)),
        ("arc right", k => Arc(-TurnDegrees * k)),
    ];

    /// <summary>Number of moves.</summary>
    public static int Count => Moves.Length;

    /// <summary>What a move is called.</summary>
    public static string NameOf(int move) => Moves[move].Name;

    /// <summary>Poses of a move, relative to its first.</summary>
    public static CameraTrajectory PathOf(int move)
    {
        SE3[] poses = new SE3[MiniatureWorld.PathPoses];
        for (int k = 0; k < poses.Length; k++) poses[k] = Moves[move].Pose(k);
        return new(poses);
    }

    // y points down: a positive angle looks to the right.
    private static SE3 Yaw(double degrees) => new(SO3.Exp(new(0, double.DegreesToRadians(degrees), 0)), Vector3d.Zero);

    private static SE3 Moved(double x, double y, double z) => new(SO3.Identity, new(x, y, z));

    // Around a point straight ahead that stays in the middle of the picture: who walks left has to look right.
    private static SE3 Arc(double degrees)
    {
        Vector3d centre = new(0, 0, ArcRadiusMetres);
        SO3 turn = Yaw(degrees).Rotation;
        return new(turn, centre - turn * centre);
    }
}
