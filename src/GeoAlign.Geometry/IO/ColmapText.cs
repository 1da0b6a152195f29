using System.Text;

namespace GeoAlign.Geometry;

/// <summary>The text form of a COLMAP model.</summary>
internal static class ColmapText
{
    private const string CameraLayout = "ID MODEL WIDTH HEIGHT PARAMS…";
    private const string ImageLayout = "ID QW QX QY QZ TX TY TZ CAMERA_ID NAME";

    public static Dictionary<uint, ColmapCamera> ReadCameras(ReadOnlySpan<byte> utf8, string name)
    {
        Dictionary<uint, ColmapCamera> cameras = [];
        TextRows rows = new(utf8, name);
        while (rows.NextRow(out ReadOnlySpan<byte> row))
        {
            ColmapCamera camera = ReadCamera(in rows, row);
            if (!cameras.TryAdd(camera.Id, camera)) throw rows.Broken($"camera {camera.Id} again, expected each number once");
        }

        return cameras.Count > 0 ? cameras : throw rows.Broken($"no camera, expected rows {CameraLayout}");
    }

    public static List<ColmapImage> ReadImages(ReadOnlySpan<byte> utf8, string name, Dictionary<uint, ColmapCamera> cameras)
    {
        Dictionary<uint, ColmapImage> images = [];
        TextRows rows = new(utf8, name);
        while (rows.NextRow(out ReadOnlySpan<byte> row))
        {
            ColmapImage image = ReadImage(in rows, row);
            if (!cameras.ContainsKey(image.CameraId))
                throw rows.Broken(ColmapModel.NoSuchCamera(image.CameraId, image.Id, cameras.Keys));
            if (!images.TryAdd(image.Id, image)) throw rows.Broken($"image {image.Id} again, expected each number once");

            // The second line of an image lists its 2D points. It may be empty; at the end of the file an empty one may be cut off.
            if (rows.NextLine(out ReadOnlySpan<byte> points) && !IsPointList(points))
                throw rows.Broken(
                    $"{SourceText.Excerpt(points)} is no list of points, expected the points line (X Y POINT3D_ID …, may be empty) of image {image.Id}");
        }

        return images.Count > 0
            ? [.. images.Values.OrderBy(image => image.Id)]
            : throw rows.Broken($"no image, expected two lines per image: {ImageLayout}, then its points");
    }

    public static void WriteCameras(Stream stream, IEnumerable<ColmapCamera> cameras)
    {
        using TextRowWriter rows = new(stream);
        rows.Add("#").Add(CameraLayout).EndRow();
        foreach (ColmapCamera camera in cameras.OrderBy(camera => camera.Id))
        {
            rows.Add(camera.Id).Add(camera.Model).Add(camera.WidthPixels).Add(camera.HeightPixels);
            foreach (double parameter in camera.Parameters) rows.Add(parameter);
            rows.EndRow();
        }
    }

    public static void WriteImages(Stream stream, IEnumerable<ColmapImage> images)
    {
        using TextRowWriter rows = new(stream);
        rows.Add("#").Add(ImageLayout).Add("and, on a second line, its points (none here)").EndRow();
        foreach (ColmapImage image in images)
        {
            SE3 worldToCamera = image.CameraToWorld.Inverse();
            SO3 r = worldToCamera.Rotation;
            rows.Add(image.Id).Add(r.W).Add(r.X).Add(r.Y).Add(r.Z).Add(worldToCamera.Translation);
            rows.Add(image.CameraId).Add(image.Name).EndRow();
            rows.EndRow();
        }
    }

    private static ColmapCamera ReadCamera(in TextRows rows, ReadOnlySpan<byte> row)
    {
        int count = TextRows.CountTokens(row);
        if (count < 5) throw rows.Broken($"{count} values, expected {CameraLayout}");

        uint id = ReadId(in rows, ref row, "camera number");
        ReadOnlySpan<byte> modelName = TextRows.TakeToken(ref row);
        ColmapCameraModel model = ColmapCameraModel.ByName(Encoding.UTF8.GetString(modelName))
            ?? throw rows.Broken($"camera model {SourceText.Excerpt(modelName)}, expected one of {ColmapCameraModel.Names}");
        double[] values = new double[2 + model.ParameterCount];
        rows.ReadNumbers(row, values, $"WIDTH HEIGHT and {model.ParameterCount} parameters of {model.Name}");
        double[] parameters = values[2..];
        string? problem = ColmapCamera.ProblemOf(model, values[0], values[1], parameters);
        if (problem is null && (values[0] != Math.Truncate(values[0]) || values[1] != Math.Truncate(values[1])))
            problem = "an image size that is not whole, expected pixels";
        return problem is null ? new ColmapCamera(id, model, (int)values[0], (int)values[1], parameters) : throw rows.Broken(problem);
    }

    private static ColmapImage ReadImage(in TextRows rows, ReadOnlySpan<byte> row)
    {
        int count = TextRows.CountTokens(row);
        if (count < 10) throw rows.Broken($"{count} values, expected an image line ({ImageLayout})");

        uint id = ReadId(in rows, ref row, "image number");
        Span<double> pose = stackalloc double[7];
        foreach (ref double value in pose)
        {
            if (NumberToken.ProblemOf(TextRows.TakeToken(ref row), out value) is { } notNumber)
                throw rows.Broken($"{notNumber}, expected an image line ({ImageLayout})");
        }

        uint cameraId = ReadId(in rows, ref row, "camera number");
        if (FileQuaternion.ProblemOf(pose[0], pose[1], pose[2], pose[3], out SO3 rotation) is { } problem)
            throw rows.Broken($"{problem} in QW QX QY QZ");
        SE3 worldToCamera = new(rotation, new(pose[4], pose[5], pose[6]));
        return new ColmapImage(id, worldToCamera.Inverse(), cameraId, Encoding.UTF8.GetString(row));
    }

    private static uint ReadId(in TextRows rows, ref ReadOnlySpan<byte> row, string what)
    {
        ReadOnlySpan<byte> token = TextRows.TakeToken(ref row);
        return NumberToken.TryParseWhole(token, out long id) && id <= uint.MaxValue
            ? (uint)id
            : throw rows.Broken($"{what} {SourceText.Excerpt(token)}, expected a whole number from 0 to {uint.MaxValue}");
    }

    private static bool IsPointList(ReadOnlySpan<byte> line)
    {
        int count = 0;
        for (; !line.IsEmpty; count++)
        {
            if (NumberToken.ProblemOf(TextRows.TakeToken(ref line), out double value) is not null) return false;
            if (count % 3 == 2 && value != Math.Truncate(value)) return false;
        }

        return count % 3 == 0;
    }
}
