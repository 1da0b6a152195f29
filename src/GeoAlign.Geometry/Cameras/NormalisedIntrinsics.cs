namespace GeoAlign.Geometry;

/// <summary>
/// A pinhole camera without an image size: fx and cx as shares of the width, fy and cy as shares of the height. Immutable.
/// </summary>
/// <remarks>
/// The form of RealEstate10K, CameraCtrl and the 19-number rows of the control-camera adapter. The middle of the image is (½, ½).
/// </remarks>
public sealed record NormalisedIntrinsics
{
    /// <summary>Sensor width and height of the MultiCamVideo cameras, millimetres.</summary>
    public const double MultiCamVideoSensorMillimetres = 23.76;

    /// <summary>Creates intrinsics.</summary>
    /// <param name="fx">Horizontal focal length / image width.</param>
    /// <param name="fy">Vertical focal length / image height.</param>
    /// <param name="cx">Column of the principal point / image width.</param>
    /// <param name="cy">Row of the principal point / image height.</param>
    /// <exception cref="ArgumentOutOfRangeException">A focal length is not positive, or a number is not finite.</exception>
    public NormalisedIntrinsics(double fx, double fy, double cx = 0.5, double cy = 0.5)
    {
        ThrowUnlessFocal(fx, nameof(fx));
        ThrowUnlessFocal(fy, nameof(fy));
        ThrowUnlessFinite(cx, nameof(cx));
        ThrowUnlessFinite(cy, nameof(cy));
        (Fx, Fy, Cx, Cy) = (fx, fy, cx, cy);
    }

    /// <summary>Horizontal focal length / image width.</summary>
    public double Fx { get; }

    /// <summary>Vertical focal length / image height.</summary>
    public double Fy { get; }

    /// <summary>Column of the principal point / image width.</summary>
    public double Cx { get; }

    /// <summary>Row of the principal point / image height.</summary>
    public double Cy { get; }

    /// <summary>A lens on a square sensor, principal point in the middle: focal length / sensor width for both axes.</summary>
    /// <param name="focalMillimetres">Focal length.</param>
    /// <param name="sensorMillimetres">Side of the sensor.</param>
    public static NormalisedIntrinsics FromLens(double focalMillimetres, double sensorMillimetres = MultiCamVideoSensorMillimetres) =>
        new(focalMillimetres / sensorMillimetres, focalMillimetres / sensorMillimetres);

    /// <summary>The same camera in pixels of an image size.</summary>
    public CameraIntrinsics ToPixels(int widthPixels, int heightPixels) =>
        new(Fx * widthPixels, Fy * heightPixels, Cx * widthPixels, Cy * heightPixels, widthPixels, heightPixels);

    /// <summary>
    /// These intrinsics, given for an original image, after that image was scaled to cover a model image and cropped at its centre.
    /// </summary>
    /// <remarks>
    /// As the control-camera adapter does it: a wider original keeps its height and <c>fx ← fx·(H·Wo/Ho)/W</c>; otherwise it keeps its width
    /// and <c>fy ← fy·(W·Ho/Wo)/H</c>. cx and cy stay: true to the crop when the principal point is the middle, the only case the adapter meets.
    /// ReDirector trains with 1280 × 1280 originals; at inference the original is the model image and nothing changes.
    /// </remarks>
    public NormalisedIntrinsics AfterCentreCrop(int originalWidthPixels, int originalHeightPixels, int widthPixels, int heightPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(originalWidthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(originalHeightPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        double originalAspect = (double)originalWidthPixels / originalHeightPixels, aspect = (double)widthPixels / heightPixels;
        if (originalAspect == aspect) return this;
        return originalAspect > aspect
            ? new(Fx * (heightPixels * originalAspect) / widthPixels, Fy, Cx, Cy)
            : new(Fx, Fy * (widthPixels / originalAspect) / heightPixels, Cx, Cy);
    }

    internal static void ThrowUnlessFocal(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "A focal length must be positive and finite.");
    }

    internal static void ThrowUnlessFinite(double value, string name)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "A principal point must be finite.");
    }
}
