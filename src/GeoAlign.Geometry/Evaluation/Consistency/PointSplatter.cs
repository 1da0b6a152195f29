using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>
/// Draws points as small discs into an image, with PyTorch3D's conventions: the nearest points of each pixel, blended front to back. The image is
/// kept and used again; adding a point allocates nothing. Not for use by two threads at a time.
/// </summary>
/// <remarks>
/// Normalised device coordinates: +x <b>left</b>, +y <b>up</b>, the shorter side of the image spans [−1, 1]. With <c>r_x = 2·max(1, W/H)</c> the centre
/// of column c is at <c>x = r_x/2 − (c + ½)/W·r_x</c>, rows likewise. A point with z ≥ 0 covers a pixel where <c>d² &lt; radius²</c>; its opacity there is
/// <c>w = 1 − d²/radius²</c>. The K nearest are kept (equal depths: the point added first) and <c>Σ_k w_k·Π_{l&lt;k}(1 − w_l)·feature_k</c> is the
/// pixel; it is not divided by the sum of weights.
/// </remarks>
public sealed class PointSplatter
{
    /// <summary>Points per pixel of MEt3R and Dyn-MEt3R.</summary>
    public const int MEt3RPointsPerPixel = 10;

    private readonly double _radius, _radiusSquared, _rangeX, _rangeY;
    private readonly SplatFragment[] _fragments;             // pointsPerPixel to a pixel, by depth
    private readonly int[] _counts;

    /// <summary>Makes an empty image.</summary>
    /// <param name="widthPixels">W.</param>
    /// <param name="heightPixels">H.</param>
    /// <param name="radius">Radius of the discs in normalised device coordinates, above 0.</param>
    /// <param name="pointsPerPixel">K.</param>
    public PointSplatter(int widthPixels, int heightPixels, double radius, int pointsPerPixel = MEt3RPointsPerPixel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pointsPerPixel);
        if (!(radius > 0 && double.IsFinite(radius))) throw new ArgumentOutOfRangeException(nameof(radius), radius, "Must be finite and above 0.");
        (WidthPixels, HeightPixels, PointsPerPixel) = (widthPixels, heightPixels, pointsPerPixel);
        (_radius, _radiusSquared) = (radius, radius * radius);
        _rangeX = 2 * Math.Max(1, (double)widthPixels / heightPixels);
        _rangeY = 2 * Math.Max(1, (double)heightPixels / widthPixels);
        _counts = new int[checked(widthPixels * heightPixels)];
        _fragments = new SplatFragment[checked(_counts.Length * pointsPerPixel)];
    }

    /// <summary>W.</summary>
    public int WidthPixels { get; }

    /// <summary>H.</summary>
    public int HeightPixels { get; }

    /// <summary>K.</summary>
    public int PointsPerPixel { get; }

    /// <summary>Removes all points.</summary>
    public void Clear() => Array.Clear(_counts);

    /// <summary>Adds a point; one behind the camera, outside of the image or not finite covers nothing.</summary>
    /// <param name="point">Number of the point, for <see cref="Fragments"/>.</param>
    /// <param name="xNdc">Position, +x left.</param>
    /// <param name="yNdc">Position, +y up.</param>
    /// <param name="z">Depth; nearer points hide others.</param>
    public void Add(int point, double xNdc, double yNdc, double z)
    {
        if (!(z >= 0) || !(Math.Abs(xNdc) < _rangeX + _radius) || !(Math.Abs(yNdc) < _rangeY + _radius)) return;

        // One pixel more on each side than the disc needs: the comparison of distances below decides.
        double column = (0.5 - xNdc / _rangeX) * WidthPixels - 0.5, reachX = _radius / _rangeX * WidthPixels + 1;
        double row = (0.5 - yNdc / _rangeY) * HeightPixels - 0.5, reachY = _radius / _rangeY * HeightPixels + 1;
        int firstColumn = (int)Math.Max(0, Math.Ceiling(column - reachX)), lastColumn = (int)Math.Min(WidthPixels - 1, Math.Floor(column + reachX));
        int firstRow = (int)Math.Max(0, Math.Ceiling(row - reachY)), lastRow = (int)Math.Min(HeightPixels - 1, Math.Floor(row + reachY));
        for (int r = firstRow; r <= lastRow; r++)
        {
            double dy = yNdc - (0.5 * _rangeY - (r + 0.5) / HeightPixels * _rangeY);
            for (int c = firstColumn; c <= lastColumn; c++)
            {
                double dx = xNdc - (0.5 * _rangeX - (c + 0.5) / WidthPixels * _rangeX);
                double squared = dx * dx + dy * dy;
                if (squared < _radiusSquared) Insert(r * WidthPixels + c, new(point, z, 1 - squared / _radiusSquared));
            }
        }
    }

    /// <summary>Adds a point of the world, seen by a pinhole camera with OpenCV axes: <c>x = −(f_x·X/Z + c_x − W/2)/(½·min(W, H))</c>, y likewise.</summary>
    /// <param name="point">Number of the point.</param>
    /// <param name="inCamera">The point in camera coordinates.</param>
    /// <param name="camera">Intrinsics in pixels of this image.</param>
    public void Add(int point, Vector3d inCamera, CameraIntrinsics camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        double half = 0.5 * Math.Min(WidthPixels, HeightPixels);
        Add(point,
            -(camera.FxPixels * inCamera.X / inCamera.Z + camera.CxPixels - 0.5 * WidthPixels) / half,
            -(camera.FyPixels * inCamera.Y / inCamera.Z + camera.CyPixels - 0.5 * HeightPixels) / half,
            inCamera.Z);
    }

    /// <summary>Whether any point covers a pixel; where none does there is background.</summary>
    /// <param name="pixel">row·W + column.</param>
    public bool IsCovered(int pixel) => _counts[pixel] > 0;

    /// <summary>The points that cover a pixel, nearest first, at most K; valid until the next <see cref="Clear"/> or <c>Add</c>.</summary>
    /// <param name="pixel">row·W + column.</param>
    public ReadOnlySpan<SplatFragment> Fragments(int pixel) => _fragments.AsSpan(pixel * PointsPerPixel, _counts[pixel]);

    /// <summary>Blends the features of a pixel; false, and zeros, where no point covers it.</summary>
    /// <param name="pixel">row·W + column.</param>
    /// <param name="features">One row per point number.</param>
    /// <param name="blended">The pixel's feature; its length is that of a row.</param>
    public bool TryBlend<T>(int pixel, ReadOnlySpan<T> features, Span<double> blended)
        where T : unmanaged, INumberBase<T>
    {
        blended.Clear();
        double transparency = 1;
        foreach (SplatFragment fragment in Fragments(pixel))
        {
            AddScaled(transparency * fragment.Opacity, features.Slice(fragment.Point * blended.Length, blended.Length), blended);
            transparency *= 1 - fragment.Opacity;
        }

        return IsCovered(pixel);
    }

    /// <summary><c>sum += factor·feature</c>.</summary>
    internal static void AddScaled<T>(double factor, ReadOnlySpan<T> feature, Span<double> sum)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += factor * double.CreateTruncating(feature[i]);
    }

    private void Insert(int pixel, SplatFragment fragment)
    {
        Span<SplatFragment> kept = _fragments.AsSpan(pixel * PointsPerPixel, PointsPerPixel);
        int at = _counts[pixel];
        while (at > 0 && kept[at - 1].Z > fragment.Z) at--;
        if (at == PointsPerPixel) return;
        int moved = Math.Min(_counts[pixel], PointsPerPixel - 1) - at;
        if (moved > 0) kept.Slice(at, moved).CopyTo(kept[(at + 1)..]);
        kept[at] = fragment;
        _counts[pixel] = Math.Min(_counts[pixel] + 1, PointsPerPixel);
    }
}
