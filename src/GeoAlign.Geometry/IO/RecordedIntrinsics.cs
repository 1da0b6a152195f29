namespace GeoAlign.Geometry;

/// <summary>Focal lengths and principal point as a trajectory file states them; some files give no image size, some no pixels.</summary>
/// <param name="Fx">Horizontal focal length; in pixels, or as a fraction of the image width when <see cref="IsNormalised"/>.</param>
/// <param name="Fy">Vertical focal length; in pixels, or as a fraction of the image height.</param>
/// <param name="Cx">Column of the principal point; in pixels with pixel centres at +0.5, or as a fraction of the width.</param>
/// <param name="Cy">Row of the principal point; in pixels, or as a fraction of the height.</param>
public readonly record struct RecordedIntrinsics(double Fx, double Fy, double Cx, double Cy)
{
    /// <summary>Whether the four numbers are fractions of the image size instead of pixels.</summary>
    public bool IsNormalised { get; init; }

    /// <summary>Image width; null when the file does not say.</summary>
    public int? WidthPixels { get; init; }

    /// <summary>Image height; null when the file does not say.</summary>
    public int? HeightPixels { get; init; }

    /// <summary>Whether the file states lens distortion other than zero; its terms are not carried here.</summary>
    public bool HasDistortion { get; init; }

    /// <summary>The same camera in pixels, of the image size that the file states.</summary>
    /// <exception cref="InvalidOperationException">The file states no image size.</exception>
    public CameraIntrinsics InPixels()
    {
        if (WidthPixels is not { } width || HeightPixels is not { } height) throw UnknownSize();
        return IsNormalised ? Normalised().ToPixels(width, height) : new CameraIntrinsics(Fx, Fy, Cx, Cy, width, height);
    }

    /// <summary>The same camera as fractions of the image size.</summary>
    /// <exception cref="InvalidOperationException">The numbers are pixels and the file states no image size.</exception>
    public NormalisedIntrinsics Normalised()
    {
        if (IsNormalised) return new NormalisedIntrinsics(Fx, Fy, Cx, Cy);
        if (WidthPixels is not { } width || HeightPixels is not { } height) throw UnknownSize();
        return new NormalisedIntrinsics(Fx / width, Fy / height, Cx / width, Cy / height);
    }

    /// <summary>From intrinsics in pixels, for writing.</summary>
    public static RecordedIntrinsics From(CameraIntrinsics camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        return new(camera.FxPixels, camera.FyPixels, camera.CxPixels, camera.CyPixels)
        {
            WidthPixels = camera.WidthPixels,
            HeightPixels = camera.HeightPixels,
        };
    }

    private static InvalidOperationException UnknownSize() =>
        new("The file states no image size for these intrinsics; set WidthPixels and HeightPixels.");
}
