using GeoAlign.Geometry;

namespace GeoAlign.Train.EmbeddedScene;

/// <summary>
/// A furnished room of known size in metres, drawn by ray casting: the sample's own source of video, so that the repository
/// carries nobody else's pictures. World axes as the first camera's: x right, y down, z forward; the floor lies at y = 1.5 m.
/// </summary>
internal static class Room
{
    private const int SamplesPerSide = 3;      // 9 rays a pixel: edges without stairs

    private static readonly Box Walls = new(new(-3, -1.3, -2.5), new(3, 1.5, 6), Surface.Walls);

    private static readonly Box[] Furniture =
    [
        new(new(-2.6, 0.2, 3.4), new(-1.3, 1.5, 4.6), Surface.Wood),
        new(new(1.2, -0.4, 4.2), new(2.5, 1.5, 5.4), Surface.Brick),
        new(new(0.3, 0.9, 2.6), new(1.1, 1.5, 3.4), Surface.Cloth),
        new(new(-3, -0.7, 5.85), new(-0.6, 0.4, 6), Surface.Picture),
    ];

    /// <summary>Draws one frame, rgb24, row-major.</summary>
    /// <param name="cameraToWorld">Pose of the camera, metres, OpenCV axes.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="horizontalFieldOfViewRadians">Full angle across the width.</param>
    public static byte[] Draw(SE3 cameraToWorld, int width, int height, double horizontalFieldOfViewRadians)
    {
        double focal = 0.5 * width / Math.Tan(0.5 * horizontalFieldOfViewRadians);
        byte[] frame = new byte[width * height * 3];
        Parallel.For(0, height, row =>
        {
            for (int column = 0; column < width; column++)
            {
                Vector3d sum = Vector3d.Zero;
                for (int s = 0; s < SamplesPerSide * SamplesPerSide; s++)
                {
                    double u = column + (s % SamplesPerSide + 0.5) / SamplesPerSide, v = row + (s / SamplesPerSide + 0.5) / SamplesPerSide;
                    Vector3d ray = cameraToWorld.Rotation * new Vector3d((u - 0.5 * width) / focal, (v - 0.5 * height) / focal, 1);
                    sum += Colour(cameraToWorld.Translation, ray);
                }

                Vector3d colour = sum / (SamplesPerSide * SamplesPerSide);
                int at = (row * width + column) * 3;
                for (int c = 0; c < 3; c++) frame[at + c] = (byte)Math.Clamp(Math.Round(255 * colour[c]), 0, 255);
            }
        });
        return frame;
    }

    private static Vector3d Colour(Vector3d origin, Vector3d ray)
    {
        (double distance, int axis) = Walls.Leave(origin, ray);
        Box hit = Walls;
        foreach (Box box in Furniture)
        {
            (double enter, int side) = box.Enter(origin, ray);
            if (enter < distance) (distance, axis, hit) = (enter, side, box);
        }

        Vector3d point = origin + distance * ray;
        Vector3d lamp = new(0.4, -1.2, 1.5);
        Vector3d toLamp = lamp - point;
        double incidence = Math.Abs(toLamp[axis]) / toLamp.Length;
        double light = 0.45 + 0.75 * incidence / (1 + 0.06 * toLamp.LengthSquared);
        return light * hit.Surface.At(point, axis);
    }
}
