using System.Text;

namespace GeoAlign.Geometry;

/// <summary>The binary form of a COLMAP model, little-endian.</summary>
internal static class ColmapBinary
{
    private const int SmallestCamera = 4 + 4 + 8 + 8 + 3 * 8;   // id, model, width, height, three parameters
    private const int SmallestImage = 4 + 7 * 8 + 4 + 1 + 8;    // id, pose, camera, empty name, number of points
    private const int PointBytes = 8 + 8 + 8;                   // x, y, 3D point

    public static Dictionary<uint, ColmapCamera> ReadCameras(ReadOnlySpan<byte> bytes, string name)
    {
        BinaryCursor cursor = new(bytes, name);
        int count = cursor.ReadCount("cameras", SmallestCamera);
        Dictionary<uint, ColmapCamera> cameras = [];
        for (int i = 0; i < count; i++)
        {
            uint id = cursor.ReadUInt32("a camera number");
            int number = (int)cursor.ReadUInt32("a camera model");
            ColmapCameraModel model = ColmapCameraModel.ByNumber(number)
                ?? throw cursor.Broken($"camera model {number} of camera {id}, expected 0 to 10 ({ColmapCameraModel.Names})");
            (double width, double height) = (cursor.ReadUInt64("an image width"), cursor.ReadUInt64("an image height"));
            double[] parameters = new double[model.ParameterCount];
            foreach (ref double parameter in parameters.AsSpan()) parameter = cursor.ReadDouble("a camera parameter");
            if (ColmapCamera.ProblemOf(model, width, height, parameters) is { } problem) throw cursor.Broken($"camera {id}: {problem}");
            if (!cameras.TryAdd(id, new ColmapCamera(id, model, (int)width, (int)height, parameters)))
                throw cursor.Broken($"camera {id} again, expected each number once");
        }

        cursor.ExpectEnd("the last camera");
        return count > 0 ? cameras : throw cursor.Broken("no camera, expected at least one");
    }

    public static List<ColmapImage> ReadImages(ReadOnlySpan<byte> bytes, string name, Dictionary<uint, ColmapCamera> cameras)
    {
        BinaryCursor cursor = new(bytes, name);
        int count = cursor.ReadCount("images", SmallestImage);
        Dictionary<uint, ColmapImage> images = [];
        Span<double> pose = stackalloc double[7];
        for (int i = 0; i < count; i++)
        {
            uint id = cursor.ReadUInt32("an image number");
            foreach (ref double value in pose) value = cursor.ReadDouble("a pose value");
            uint cameraId = cursor.ReadUInt32("a camera number");
            string imageName = Encoding.UTF8.GetString(cursor.ReadToZero("an image name"));
            int points = cursor.ReadCount("points", PointBytes);
            cursor.Take(points * PointBytes, "the points");

            if (imageName.Length == 0) throw cursor.Broken($"image {id} has no name, expected a file name");
            if (FileQuaternion.ProblemOf(pose[0], pose[1], pose[2], pose[3], out SO3 rotation) is { } problem)
                throw cursor.Broken($"image {id}: {problem} (w x y z)");
            if (!cameras.ContainsKey(cameraId))
                throw cursor.Broken(ColmapModel.NoSuchCamera(cameraId, id, cameras.Keys));
            SE3 worldToCamera = new(rotation, new(pose[4], pose[5], pose[6]));
            if (!images.TryAdd(id, new ColmapImage(id, worldToCamera.Inverse(), cameraId, imageName)))
                throw cursor.Broken($"image {id} again, expected each number once");
        }

        cursor.ExpectEnd("the last image");
        return count > 0 ? [.. images.Values.OrderBy(image => image.Id)] : throw cursor.Broken("no image, expected at least one");
    }

    public static void WriteCameras(Stream stream, IReadOnlyCollection<ColmapCamera> cameras)
    {
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write((ulong)cameras.Count);
        foreach (ColmapCamera camera in cameras.OrderBy(camera => camera.Id))
        {
            writer.Write(camera.Id);
            writer.Write(camera.CameraModel.Number);
            writer.Write((ulong)camera.WidthPixels);
            writer.Write((ulong)camera.HeightPixels);
            foreach (double parameter in camera.Parameters) writer.Write(parameter);
        }
    }

    public static void WriteImages(Stream stream, IReadOnlyCollection<ColmapImage> images)
    {
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write((ulong)images.Count);
        foreach (ColmapImage image in images)
        {
            SE3 worldToCamera = image.CameraToWorld.Inverse();
            (SO3 r, Vector3d t) = (worldToCamera.Rotation, worldToCamera.Translation);
            writer.Write(image.Id);
            foreach (double value in (ReadOnlySpan<double>)[r.W, r.X, r.Y, r.Z, t.X, t.Y, t.Z]) writer.Write(value);
            writer.Write(image.CameraId);
            writer.Write(Encoding.UTF8.GetBytes(image.Name));
            writer.Write((byte)0);
            writer.Write(0UL);
        }
    }
}
