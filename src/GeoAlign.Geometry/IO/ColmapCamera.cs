using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>A camera of a COLMAP model.</summary>
public sealed class ColmapCamera
{
    private readonly double[] _parameters;

    internal ColmapCamera(uint id, ColmapCameraModel model, int widthPixels, int heightPixels, double[] parameters)
    {
        (Id, CameraModel, WidthPixels, HeightPixels, _parameters) = (id, model, widthPixels, heightPixels, parameters);
        int focals = model.HasOneFocalLength ? 1 : 2;
        Intrinsics = new(parameters[0], parameters[focals - 1], parameters[focals], parameters[focals + 1])
        {
            WidthPixels = widthPixels,
            HeightPixels = heightPixels,
            HasDistortion = model.IsFisheye || Array.Exists(parameters[(focals + 2)..], term => term != 0),
        };
    }

    /// <summary>Number of the camera in the model.</summary>
    public uint Id { get; }

    /// <summary>Name of the camera model, such as PINHOLE.</summary>
    public string Model => CameraModel.Name;

    /// <summary>Image width.</summary>
    public int WidthPixels { get; }

    /// <summary>Image height.</summary>
    public int HeightPixels { get; }

    /// <summary>All parameters in the order of the model; lengths in pixels, pixel centres at +0.5.</summary>
    public ReadOnlySpan<double> Parameters => _parameters;

    /// <summary>Focal lengths and principal point, in pixels.</summary>
    public RecordedIntrinsics Intrinsics { get; }

    internal ColmapCameraModel CameraModel { get; }

    /// <summary>Null when the values describe a camera, else what is wrong and what was expected.</summary>
    internal static string? ProblemOf(ColmapCameraModel model, double width, double height, ReadOnlySpan<double> parameters)
    {
        if (!(width is >= 1 and <= int.MaxValue && height is >= 1 and <= int.MaxValue))
            return string.Create(CultureInfo.InvariantCulture, $"an image of {width}×{height}, expected positive sizes in pixels");
        if (!(parameters[0] > 0) || !(model.HasOneFocalLength || parameters[1] > 0))
            return "a focal length that is not positive, expected pixels above 0";
        return null;
    }
}
