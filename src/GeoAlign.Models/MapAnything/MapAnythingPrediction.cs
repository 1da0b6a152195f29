using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>What MapAnything says about the views of some scenes. Arrays are row-major, scene after scene, view after view.</summary>
/// <remarks>
/// Poses are camera-to-world, OpenCV axes, in a world that training puts at the first view but nothing forces there. All lengths are
/// metres: the scale factor is applied.
/// </remarks>
public sealed record MapAnythingPrediction
{
    /// <summary>Number of scenes (B).</summary>
    public required int Scenes { get; init; }

    /// <summary>Views of each scene (V).</summary>
    public required int Frames { get; init; }

    /// <summary>Size of the images, and of the maps.</summary>
    public required ImageSize Size { get; init; }

    /// <summary>B×V×4: unit quaternions x, y, z, w of any sign.</summary>
    public required ReadOnlyMemory<float> QuaternionsXyzw { get; init; }

    /// <summary>B×V: lengths of the quaternions before they were made unit ones. One near 0 had no direction.</summary>
    public required ReadOnlyMemory<float> QuaternionLengths { get; init; }

    /// <summary>B×V×3: camera centres, metres.</summary>
    public required ReadOnlyMemory<float> TranslationsMetres { get; init; }

    /// <summary>B: metres per unit of the network; a part of <see cref="TranslationsMetres"/> and <see cref="DepthMetres"/> already.</summary>
    public required ReadOnlyMemory<float> MetricScale { get; init; }

    /// <summary>B×V×H×W: confidence, 1 + exp of the network's number. Empty when not asked for.</summary>
    public ReadOnlyMemory<float> Confidence { get; init; }

    /// <summary>B×V×H×W: logit that a pixel's geometry is unambiguous; above 0 is valid. Empty when not asked for.</summary>
    public ReadOnlyMemory<float> ValidLogits { get; init; }

    /// <summary>B×V×H×W×3: unit rays in camera coordinates. Empty when not asked for.</summary>
    public ReadOnlyMemory<float> Rays { get; init; }

    /// <summary>B×V×H×W: distance along the ray, metres. Empty when not asked for.</summary>
    public ReadOnlyMemory<float> DepthMetres { get; init; }

    /// <summary>Points of a view in the world of its scene, metres: H×W×3, <c>R(q)·(ray·depth) + t</c>.</summary>
    /// <param name="view">scene × V + frame.</param>
    /// <exception cref="InvalidOperationException">Rays and depth were not asked for.</exception>
    public float[] WorldPoints(int view)
    {
        ReadOnlySpan<float> rays = RaysOf(view), depth = DepthMetres.Span.Slice(view * Pixels, Pixels);
        ReadOnlySpan<float> q = QuaternionsXyzw.Span.Slice(4 * view, 4), t = TranslationsMetres.Span.Slice(3 * view, 3);
        SE3 cameraToWorld = new(SO3.FromQuaternionWxyz(q[3], q[0], q[1], q[2]), new(t[0], t[1], t[2]));
        float[] points = new float[3 * Pixels];
        for (int i = 0; i < Pixels; i++)
        {
            Vector3d point = cameraToWorld * (depth[i] * new Vector3d(rays[3 * i], rays[3 * i + 1], rays[3 * i + 2]));
            (points[3 * i], points[3 * i + 1], points[3 * i + 2]) = ((float)point.X, (float)point.Y, (float)point.Z);
        }

        return points;
    }

    /// <summary>The pinhole camera that fits the rays of a view best, for the images as the network saw them.</summary>
    /// <param name="view">scene × V + frame.</param>
    /// <exception cref="InvalidOperationException">Rays were not asked for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rays are those of no camera: a focal length is not positive.</exception>
    public CameraIntrinsics IntrinsicsOf(int view)
    {
        (double fx, double fy, double cx, double cy) = RayIntrinsics.Fit(RaysOf(view), Size);
        return CameraIntrinsics.FromIntegerPixelCentres(fx, fy, cx, cy, Size.WidthPixels, Size.HeightPixels);
    }

    internal ReadOnlySpan<float> RaysOf(int view)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(view);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(view, Scenes * Frames);
        return Rays.IsEmpty
            ? throw new InvalidOperationException($"The run gave no rays; ask for {nameof(MapAnythingMaps)}.{nameof(MapAnythingMaps.All)}.")
            : Rays.Span.Slice(view * 3 * Pixels, 3 * Pixels);
    }

    private int Pixels => Size.WidthPixels * Size.HeightPixels;
}
