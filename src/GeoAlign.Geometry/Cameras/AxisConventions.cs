namespace GeoAlign.Geometry;

/// <summary>
/// Explicit conversions between the camera axes of other programs and those of this library. All poses are camera-to-world.
/// </summary>
/// <remarks>
/// Here: OpenCV, x right, y down, z forward, metres. OpenGL, Blender and nerfstudio: x right, y up, z backward; only the camera's axes differ,
/// the world stays. Unreal: left-handed, X forward, Y right, Z up, centimetres, for the camera and for the world.
/// </remarks>
public static class AxisConventions
{
    // Half a turn about x: negates y and z. Its own inverse up to the sign of the quaternion.
    private static SO3 HalfTurnAboutX => SO3.FromQuaternionWxyz(0, 1, 0, 0);

    /// <summary>A camera with OpenGL axes, written with OpenCV axes: columns 2 and 3 of the rotation change their sign.</summary>
    public static SE3 OpenCvFromOpenGl(SE3 cameraToWorld) => cameraToWorld with { Rotation = cameraToWorld.Rotation * HalfTurnAboutX };

    /// <summary>A camera with OpenCV axes, written with OpenGL axes.</summary>
    public static SE3 OpenGlFromOpenCv(SE3 cameraToWorld) => OpenCvFromOpenGl(cameraToWorld);

    /// <summary>
    /// A point or direction of Unreal's left-handed world in the right-handed world used here: <c>(X, Y, Z) → (Y, −Z, X)</c>; the unit stays.
    /// </summary>
    public static Vector3d WorldFromUnreal(Vector3d unreal) => new(unreal.Y, -unreal.Z, unreal.X);

    /// <summary>Inverse of <see cref="WorldFromUnreal"/>: <c>(x, y, z) → (z, x, −y)</c>.</summary>
    public static Vector3d UnrealFromWorld(Vector3d world) => new(world.Z, world.X, -world.Y);

    /// <summary>A camera of Unreal as a camera-to-world pose, OpenCV axes, metres.</summary>
    /// <param name="forward">The camera's X axis in Unreal's world.</param>
    /// <param name="right">Its Y axis.</param>
    /// <param name="up">Its Z axis.</param>
    /// <param name="locationCentimetres">Its location.</param>
    /// <exception cref="ArgumentException">The axes are not orthonormal and left-handed.</exception>
    public static SE3 OpenCvFromUnreal(Vector3d forward, Vector3d right, Vector3d up, Vector3d locationCentimetres) => new(
        SO3.FromMatrix(Matrix3d.FromColumns(WorldFromUnreal(right), -WorldFromUnreal(up), WorldFromUnreal(forward))),
        WorldFromUnreal(locationCentimetres) / 100);

    /// <summary>The axes and the location (centimetres) in Unreal's world of a camera-to-world pose with OpenCV axes and metres.</summary>
    public static (Vector3d Forward, Vector3d Right, Vector3d Up, Vector3d LocationCentimetres) UnrealFromOpenCv(SE3 cameraToWorld)
    {
        Matrix3d r = cameraToWorld.Rotation.ToMatrix();
        return (UnrealFromWorld(r.Column(2)), UnrealFromWorld(r.Column(0)), -UnrealFromWorld(r.Column(1)), 100 * UnrealFromWorld(cameraToWorld.Translation));
    }
}
