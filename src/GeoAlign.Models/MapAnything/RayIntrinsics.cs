using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>The pinhole camera nearest to a map of rays: two lines fitted by least squares, <c>u = cx + fx·x/z</c> and <c>v = cy + fy·y/z</c>.</summary>
/// <remarks>MapAnything's <c>recover_pinhole_intrinsics_from_ray_directions</c>, over a grid of about 50 × 50 pixels.</remarks>
internal static class RayIntrinsics
{
    private const int GridCells = 50;

    /// <summary>Fits rays <c>[H, W, 3]</c>; whole numbers of u and v are pixel centres.</summary>
    public static (double Fx, double Fy, double Cx, double Cy) Fit(ReadOnlySpan<float> rays, ImageSize size)
    {
        int stepDown = Math.Max(1, size.HeightPixels / GridCells), stepAcross = Math.Max(1, size.WidthPixels / GridCells);
        Line across = new(), down = new();
        for (int v = 0; v < size.HeightPixels; v += stepDown)
        {
            for (int u = 0; u < size.WidthPixels; u += stepAcross)
            {
                ReadOnlySpan<float> ray = rays.Slice(3 * (v * size.WidthPixels + u), 3);
                across.Add((double)ray[0] / ray[2], u);
                down.Add((double)ray[1] / ray[2], v);
            }
        }

        (double fx, double cx) = across.Fit();
        (double fy, double cy) = down.Fit();
        return (fx, fy, cx, cy);
    }

    /// <summary>Sums of a straight line through points.</summary>
    private struct Line
    {
        private double _x, _y, _xx, _xy;
        private int _count;

        public void Add(double x, double y)
        {
            _x += x;
            _y += y;
            _xx += x * x;
            _xy += x * y;
            _count++;
        }

        public readonly (double Slope, double Intercept) Fit()
        {
            double slope = (_count * _xy - _x * _y) / (_count * _xx - _x * _x);
            return (slope, (_y - slope * _x) / _count);
        }
    }
}
