using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>The Plücker map of one frame.</summary>
/// <remarks>
/// With (x, y, 1) = K⁻¹(i + ½, j + ½, 1) and n = √(x² + y² + 1): r = (x·R₀ + y·R₁ + R₂)/n and, the cross product being linear,
/// o × r = (x·(o × R₀) + y·(o × R₁) + o × R₂)/n. Both layouts run the same operations in the same order, so they agree to the last bit.
/// </remarks>
internal readonly struct PluckerFrame
{
    private readonly Vector3d _right, _down, _forward, _rightMoment, _downMoment, _forwardMoment;
    private readonly CameraIntrinsics _intrinsics;

    public PluckerFrame(Matrix3d axes, Vector3d centre, CameraIntrinsics intrinsics)
    {
        (_right, _down, _forward) = (axes.Column(0), axes.Column(1), axes.Column(2));
        (_rightMoment, _downMoment, _forwardMoment) = (Vector3d.Cross(centre, _right), Vector3d.Cross(centre, _down), Vector3d.Cross(centre, _forward));
        _intrinsics = intrinsics;
    }

    /// <summary>Writes layout (H, W, 6).</summary>
    public void WriteInterleaved(Span<float> map)
    {
        int at = 0;
        for (int j = 0; j < _intrinsics.HeightPixels; j++)
        {
            double y = Row(j, out Vector3d moment, out Vector3d direction);
            for (int i = 0; i < _intrinsics.WidthPixels; i++, at += PluckerRays.Channels)
            {
                double x = (i + 0.5 - _intrinsics.CxPixels) / _intrinsics.FxPixels;
                double scale = 1 / Math.Sqrt(x * x + y * y + 1);
                Span<float> ray = map.Slice(at, PluckerRays.Channels);
                ray[0] = (float)(scale * (x * _rightMoment.X + moment.X));
                ray[1] = (float)(scale * (x * _rightMoment.Y + moment.Y));
                ray[2] = (float)(scale * (x * _rightMoment.Z + moment.Z));
                ray[3] = (float)(scale * (x * _right.X + direction.X));
                ray[4] = (float)(scale * (x * _right.Y + direction.Y));
                ray[5] = (float)(scale * (x * _right.Z + direction.Z));
            }
        }
    }

    /// <summary>Writes channel c to the H·W numbers from <c>output[c·channelStride]</c> on, a row of one channel at a time.</summary>
    /// <param name="output">Planes.</param>
    /// <param name="channelStride">Numbers from one channel to the next.</param>
    /// <param name="scratch">Room for 2·W numbers.</param>
    public void WritePlanes(Span<float> output, int channelStride, Span<double> scratch)
    {
        int width = _intrinsics.WidthPixels;
        Span<double> x = scratch[..width], scale = scratch.Slice(width, width);
        for (int i = 0; i < width; i++) x[i] = (i + 0.5 - _intrinsics.CxPixels) / _intrinsics.FxPixels;
        for (int j = 0; j < _intrinsics.HeightPixels; j++)
        {
            double y = Row(j, out Vector3d moment, out Vector3d direction);
            FillScale(scale, x, y);
            Span<float> row = output[(j * width)..];
            WriteRow(row[..width], x, scale, _rightMoment.X, moment.X);
            WriteRow(row.Slice(channelStride, width), x, scale, _rightMoment.Y, moment.Y);
            WriteRow(row.Slice(2 * channelStride, width), x, scale, _rightMoment.Z, moment.Z);
            WriteRow(row.Slice(3 * channelStride, width), x, scale, _right.X, direction.X);
            WriteRow(row.Slice(4 * channelStride, width), x, scale, _right.Y, direction.Y);
            WriteRow(row.Slice(5 * channelStride, width), x, scale, _right.Z, direction.Z);
        }
    }

    // 1/n of every pixel of a row.
    private static void FillScale(Span<double> scale, ReadOnlySpan<double> x, double y)
    {
        int i = 0, lanes = Vector<double>.Count;
        Vector<double> squares = new(y * y);
        for (; i <= x.Length - lanes; i += lanes)
        {
            Vector<double> v = new(x[i..]);
            (Vector<double>.One / Vector.SquareRoot(v * v + squares + Vector<double>.One)).CopyTo(scale[i..]);
        }

        for (; i < x.Length; i++) scale[i] = 1 / Math.Sqrt(x[i] * x[i] + y * y + 1);
    }

    // scale·(x·slope + offset): whole vectors first, then the rest one by one.
    private static void WriteRow(Span<float> row, ReadOnlySpan<double> x, ReadOnlySpan<double> scale, double slope, double offset)
    {
        int i = 0, lanes = Vector<double>.Count;
        Vector<double> slopes = new(slope), offsets = new(offset);
        for (; i <= row.Length - 2 * lanes; i += 2 * lanes)
        {
            Vector<double> low = new Vector<double>(scale[i..]) * (new Vector<double>(x[i..]) * slopes + offsets);
            Vector<double> high = new Vector<double>(scale[(i + lanes)..]) * (new Vector<double>(x[(i + lanes)..]) * slopes + offsets);
            Vector.Narrow(low, high).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++) row[i] = (float)(scale[i] * (x[i] * slope + offset));
    }

    // The part of direction and moment that is the same for a whole row of pixels.
    private double Row(int j, out Vector3d moment, out Vector3d direction)
    {
        double y = (j + 0.5 - _intrinsics.CyPixels) / _intrinsics.FyPixels;
        (moment, direction) = (y * _downMoment + _forwardMoment, y * _down + _forward);
        return y;
    }
}
