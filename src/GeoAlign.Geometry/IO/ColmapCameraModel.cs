namespace GeoAlign.Geometry;

/// <summary>A camera model of COLMAP: its name, its number in binary files, and how many parameters it has.</summary>
/// <remarks>
/// The first parameters are <c>f cx cy</c> when there is one focal length, else <c>fx fy cx cy</c>; distortion terms follow.
/// </remarks>
internal sealed record ColmapCameraModel(int Number, string Name, int ParameterCount, bool HasOneFocalLength)
{
    private static readonly ColmapCameraModel[] All =
    [
        new(0, "SIMPLE_PINHOLE", 3, true),
        new(1, "PINHOLE", 4, false),
        new(2, "SIMPLE_RADIAL", 4, true),
        new(3, "RADIAL", 5, true),
        new(4, "OPENCV", 8, false),
        new(5, "OPENCV_FISHEYE", 8, false),
        new(6, "FULL_OPENCV", 12, false),
        new(7, "FOV", 5, false),
        new(8, "SIMPLE_RADIAL_FISHEYE", 4, true),
        new(9, "RADIAL_FISHEYE", 5, true),
        new(10, "THIN_PRISM_FISHEYE", 12, false),
    ];

    /// <summary>Whether the projection differs from a pinhole even when all distortion terms are zero.</summary>
    public bool IsFisheye => Name.EndsWith("FISHEYE", StringComparison.Ordinal) || Name == "FOV";

    /// <summary>Names of all models, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(model => model.Name));

    /// <summary>The model of that name; null when there is none.</summary>
    public static ColmapCameraModel? ByName(string name) => Array.Find(All, model => model.Name == name);

    /// <summary>The model of that number; null when there is none.</summary>
    public static ColmapCameraModel? ByNumber(int number) => Array.Find(All, model => model.Number == number);
}
