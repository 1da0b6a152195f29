using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>Six numbers of about unit size for a camera pose in the room: what the pose networks are trained to give.</summary>
/// <remarks>
/// Position (p − centre)/scale in metres and rotation vector/scale in radians, camera-to-world. Ours: the spread of the poses that a clip can reach.
/// </remarks>
internal static class PoseCoordinates
{
    public const int Count = 6;

    /// <summary>What stands for 0: metres, then radians.</summary>
    public static ReadOnlySpan<float> Centre => [0, 0, -0.2f, 0, 0, 0];

    /// <summary>What stands for 1: metres, then radians.</summary>
    public static ReadOnlySpan<float> Scale => [0.6f, 0.4f, 0.7f, 0.3f, 0.4f, 0.15f];

    /// <summary>Writes the six numbers of a pose.</summary>
    public static void Write(in SE3 cameraToWorld, Span<float> coordinates)
    {
        Vector3d p = cameraToWorld.Translation, w = cameraToWorld.Rotation.Log();
        ReadOnlySpan<double> values = [p.X, p.Y, p.Z, w.X, w.Y, w.Z];
        for (int i = 0; i < Count; i++) coordinates[i] = (float)((values[i] - Centre[i]) / Scale[i]);
    }

    /// <summary>The pose of six numbers.</summary>
    public static SE3 Read(ReadOnlySpan<float> coordinates)
    {
        Span<double> v = stackalloc double[Count];
        for (int i = 0; i < Count; i++) v[i] = Centre[i] + (double)Scale[i] * coordinates[i];
        return new(SO3.Exp(new(v[3], v[4], v[5])), new(v[0], v[1], v[2]));
    }
}
