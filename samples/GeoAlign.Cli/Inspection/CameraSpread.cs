using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>How far the cameras of one scene are from one another at its first frame.</summary>
/// <param name="Closest">Names and distance of the closest pair.</param>
/// <param name="Farthest">Names and distance of the farthest pair.</param>
internal sealed record CameraSpread(CameraPair Closest, CameraPair Farthest)
{
    /// <summary>Null for fewer than two cameras.</summary>
    public static CameraSpread? Of(IReadOnlyList<NamedPath> cameras)
    {
        CameraPair[] pairs = [.. cameras.SelectMany((a, i) => cameras.Skip(i + 1).Select(b =>
            new CameraPair(a.Name, b.Name, Vector3d.Distance(a.Recorded.Trajectory[0].Translation, b.Recorded.Trajectory[0].Translation))))];
        return pairs.Length == 0 ? null : new(pairs.MinBy(p => p.Distance)!, pairs.MaxBy(p => p.Distance)!);
    }
}
