namespace GeoAlign.Geometry;

/// <summary>Focal lengths and principal point as a trajectory file states them.</summary>
/// <param name="Fx">Horizontal focal length; in pixels, or as a fraction of the image width when <paramref name="IsNormalised"/>.</param>
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

    /// <summary>The same camera in pixels of an image of this size; pixel intrinsics of another size are scaled.</summary>
    /// <exception cref="InvalidOperationException">The numbers are pixels of an image of unknown size.</exception>
    public RecordedIntrinsics InPixels(int widthPixels, int heightPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        RecordedIntrinsics n = Normalised();
        return this with
        {
            Fx = n.Fx * widthPixels, Fy = n.Fy * heightPixels, Cx = n.Cx * widthPixels, Cy = n.Cy * heightPixels,
            IsNormalised = false, WidthPixels = widthPixels, HeightPixels = heightPixels,
        };
    }

    /// <summary>The same camera as fractions of the image size.</summary>
    /// <exception cref="InvalidOperationException">The numbers are pixels of an image of unknown size.</exception>
    public RecordedIntrinsics Normalised()
    {
        if (IsNormalised) return this;
        if (WidthPixels is not { } width || HeightPixels is not { } height)
            throw new InvalidOperationException("These intrinsics are pixels of an image whose size the file does not state; set WidthPixels and HeightPixels.");
        return this with { Fx = Fx / width, Fy = Fy / height, Cx = Cx / width, Cy = Cy / height, IsNormalised = true };
    }
}
