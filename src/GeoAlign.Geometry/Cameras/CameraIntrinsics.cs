using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>A pinhole camera without distortion: focal lengths and principal point in pixels of a stated image size. Immutable.</summary>
/// <remarks>
/// OpenCV axes: a camera point (x right, y down, z forward) is seen at <c>u = fx·x/z + cx</c>, <c>v = fy·y/z + cy</c>. The centre of the
/// pixel in column i and row j is <c>(i + ½, j + ½)</c>, so the image covers [0, width] × [0, height] and the middle of the image is
/// (width/2, height/2). See <see cref="FromIntegerPixelCentres"/> for sources that count from pixel centres.
/// </remarks>
public sealed record CameraIntrinsics
{
    /// <summary>Creates intrinsics.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A focal length or a size is not positive, or a number is not finite.</exception>
    public CameraIntrinsics(double fxPixels, double fyPixels, double cxPixels, double cyPixels, int widthPixels, int heightPixels)
    {
        NormalisedIntrinsics.ThrowUnlessFocal(fxPixels, nameof(fxPixels));
        NormalisedIntrinsics.ThrowUnlessFocal(fyPixels, nameof(fyPixels));
        NormalisedIntrinsics.ThrowUnlessFinite(cxPixels, nameof(cxPixels));
        NormalisedIntrinsics.ThrowUnlessFinite(cyPixels, nameof(cyPixels));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        (FxPixels, FyPixels, CxPixels, CyPixels) = (fxPixels, fyPixels, cxPixels, cyPixels);
        (WidthPixels, HeightPixels) = (widthPixels, heightPixels);
    }

    /// <summary>fx, horizontal focal length.</summary>
    public double FxPixels { get; }

    /// <summary>fy, vertical focal length.</summary>
    public double FyPixels { get; }

    /// <summary>cx, column of the principal point; width/2 is the middle.</summary>
    public double CxPixels { get; }

    /// <summary>cy, row of the principal point; height/2 is the middle.</summary>
    public double CyPixels { get; }

    /// <summary>Width of the image these numbers belong to.</summary>
    public int WidthPixels { get; }

    /// <summary>Height of the image these numbers belong to.</summary>
    public int HeightPixels { get; }

    /// <summary>Horizontal field of view of the whole image width, radians.</summary>
    public double HorizontalFieldOfViewRadians => Math.Atan(CxPixels / FxPixels) + Math.Atan((WidthPixels - CxPixels) / FxPixels);

    /// <summary>Square pixels, principal point in the middle, a given horizontal field of view.</summary>
    /// <param name="fieldOfViewRadians">In (0, π).</param>
    /// <param name="widthPixels">Image width.</param>
    /// <param name="heightPixels">Image height.</param>
    public static CameraIntrinsics FromHorizontalFieldOfView(double fieldOfViewRadians, int widthPixels, int heightPixels)
    {
        if (!(fieldOfViewRadians > 0 && fieldOfViewRadians < Math.PI))
            throw new ArgumentOutOfRangeException(nameof(fieldOfViewRadians), fieldOfViewRadians, "A pinhole's field of view lies between 0 and π radians.");
        double focal = 0.5 * widthPixels / Math.Tan(0.5 * fieldOfViewRadians);
        return new(focal, focal, 0.5 * widthPixels, 0.5 * heightPixels, widthPixels, heightPixels);
    }

    /// <summary>From a source whose whole-number coordinates are pixel centres (MapAnything): the principal point moves by +½.</summary>
    public static CameraIntrinsics FromIntegerPixelCentres(double fxPixels, double fyPixels, double cx, double cy, int widthPixels, int heightPixels) =>
        new(fxPixels, fyPixels, cx + 0.5, cy + 0.5, widthPixels, heightPixels);

    /// <summary>The same camera with fx, cx as shares of the width and fy, cy as shares of the height.</summary>
    public NormalisedIntrinsics Normalised() =>
        new(FxPixels / WidthPixels, FyPixels / HeightPixels, CxPixels / WidthPixels, CyPixels / HeightPixels);

    /// <summary>The same camera after its image was resized; the aspect may change.</summary>
    public CameraIntrinsics Resized(int widthPixels, int heightPixels) => Normalised().ToPixels(widthPixels, heightPixels);

    /// <summary>The same camera after a window was cut out of its image.</summary>
    /// <param name="leftPixels">First column of the window.</param>
    /// <param name="topPixels">First row of the window.</param>
    /// <param name="widthPixels">Width of the window.</param>
    /// <param name="heightPixels">Height of the window.</param>
    /// <exception cref="ArgumentException">The window leaves the image.</exception>
    public CameraIntrinsics Cropped(int leftPixels, int topPixels, int widthPixels, int heightPixels)
    {
        if (leftPixels < 0 || topPixels < 0 || widthPixels > WidthPixels - leftPixels || heightPixels > HeightPixels - topPixels)
            throw new ArgumentException($"A window of {widthPixels}×{heightPixels} at ({leftPixels}, {topPixels}) leaves the image of {WidthPixels}×{HeightPixels} pixels.");
        return new(FxPixels, FyPixels, CxPixels - leftPixels, CyPixels - topPixels, widthPixels, heightPixels);
    }

    /// <summary>Where a camera point is seen, pixels; false when it is not in front of the camera (z ≤ 0 or NaN).</summary>
    /// <param name="camera">Point in camera coordinates.</param>
    /// <param name="u">Column, i + ½ at the centre of pixel column i; it may lie outside the image.</param>
    /// <param name="v">Row.</param>
    public bool TryProject(Vector3d camera, out double u, out double v)
    {
        if (!(camera.Z > 0))
        {
            (u, v) = (double.NaN, double.NaN);
            return false;
        }

        u = FxPixels * (camera.X / camera.Z) + CxPixels;
        v = FyPixels * (camera.Y / camera.Z) + CyPixels;
        return true;
    }

    /// <summary>The camera point seen at (u, v) at a depth along the optical axis: <c>((u − cx)·z/fx, (v − cy)·z/fy, z)</c>.</summary>
    /// <param name="u">Column, pixels.</param>
    /// <param name="v">Row, pixels.</param>
    /// <param name="depth">z, not the distance along the ray; the unit of the result.</param>
    public Vector3d BackProject(double u, double v, double depth) => new((u - CxPixels) / FxPixels * depth, (v - CyPixels) / FyPixels * depth, depth);

    /// <summary>Unit vector from the camera's centre through (u, v), in camera coordinates.</summary>
    public Vector3d Ray(double u, double v)
    {
        Vector3d direction = BackProject(u, v, 1);
        return direction / direction.Length;
    }

    /// <summary>fx fy cx cy and the image size, invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"fx {FxPixels:G9}, fy {FyPixels:G9}, cx {CxPixels:G9}, cy {CyPixels:G9} px of {WidthPixels}×{HeightPixels}");
}
