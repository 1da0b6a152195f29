namespace GeoAlign.Geometry;

/// <summary>The Plücker map of one frame.</summary>
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

    public int Area => _intrinsics.WidthPixels * _intrinsics.HeightPixels;

    /// <summary>Writes channel c of pixel p to <c>output[start + p·pixelStride + c·channelStride]</c>.</summary>
    /// <remarks>
    /// With (x, y, 1) = K⁻¹(i + ½, j + ½, 1) and n = √(x² + y² + 1): r = (x·R₀ + y·R₁ + R₂)/n and, the cross product being linear,
    /// o × r = (x·(o × R₀) + y·(o × R₁) + o × R₂)/n.
    /// </remarks>
    public void Write(Span<float> output, int start, int pixelStride, int channelStride)
    {
        int at = start;
        for (int j = 0; j < _intrinsics.HeightPixels; j++)
        {
            double y = (j + 0.5 - _intrinsics.CyPixels) / _intrinsics.FyPixels;
            Vector3d direction = y * _down + _forward, moment = y * _downMoment + _forwardMoment;
            for (int i = 0; i < _intrinsics.WidthPixels; i++, at += pixelStride)
            {
                double x = (i + 0.5 - _intrinsics.CxPixels) / _intrinsics.FxPixels;
                double scale = 1 / Math.Sqrt(x * x + y * y + 1);
                output[at] = (float)(scale * (x * _rightMoment.X + moment.X));
                output[at + channelStride] = (float)(scale * (x * _rightMoment.Y + moment.Y));
                output[at + 2 * channelStride] = (float)(scale * (x * _rightMoment.Z + moment.Z));
                output[at + 3 * channelStride] = (float)(scale * (x * _right.X + direction.X));
                output[at + 4 * channelStride] = (float)(scale * (x * _right.Y + direction.Y));
                output[at + 5 * channelStride] = (float)(scale * (x * _right.Z + direction.Z));
            }
        }
    }
}
