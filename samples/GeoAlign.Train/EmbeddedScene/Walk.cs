using GeoAlign.Geometry;

namespace GeoAlign.Train.EmbeddedScene;

/// <summary>The camera of the embedded clip: a slow walk into the room with a look around, at walking-pace speeds.</summary>
internal static class Walk
{
    public const int FramesPerSecond = 16;

    public const double HorizontalFieldOfViewRadians = 65 * Math.PI / 180;

    /// <summary>Camera-to-world poses; 0.04 m a frame forward (0.64 m/s), a sway of the head, and a gentle step.</summary>
    public static CameraTrajectory Path(int frames)
    {
        SE3[] poses = new SE3[frames];
        for (int i = 0; i < frames; i++)
        {
            double seconds = (double)i / FramesPerSecond;
            double yaw = 0.16 * Math.Sin(1.1 * seconds), pitch = 0.03 * Math.Sin(2.3 * seconds);
            SO3 look = SO3.Exp(new(0, yaw, 0)) * SO3.Exp(new(pitch, 0, 0));
            poses[i] = new SE3(look, new(0.12 * Math.Sin(0.8 * seconds), 0.015 * Math.Sin(11 * seconds), 0.64 * seconds - 1.2));
        }

        return new CameraTrajectory(poses);
    }
}
