namespace GeoAlign.Geometry;

/// <summary>
/// Packed maps in the making, layout (24, F′, H, W): frame 0 in all four places of group 0, frame f &gt; 0 in place f + 3.
/// </summary>
internal sealed class PackedPlanes
{
    private readonly int _latentFrames, _area;
    private readonly double[] _scratch;

    public PackedPlanes(int frames, int width, int height)
    {
        (Frames, _latentFrames, _area) = (frames, PluckerRays.PackedFrames(frames), checked(width * height));
        _scratch = new double[2 * width];
        Values = new float[checked(PluckerRays.PackedChannels * _latentFrames * _area)];
    }

    public int Frames { get; }

    public float[] Values { get; }

    private int ChannelStride => PluckerRays.TemporalStride * _latentFrames * _area;

    public void Write(int frame, PluckerFrame rays)
    {
        rays.WritePlanes(Values.AsSpan(Start(frame == 0 ? 0 : frame + PluckerRays.TemporalStride - 1)), ChannelStride, _scratch);
        if (frame > 0) return;
        for (int c = 0; c < PluckerRays.Channels; c++)
        {
            ReadOnlySpan<float> first = Values.AsSpan(c * ChannelStride, _area);
            for (int place = 1; place < PluckerRays.TemporalStride; place++) first.CopyTo(Values.AsSpan(c * ChannelStride + Start(place), _area));
        }
    }

    // Places are the rows of a (F′, 4) table; channel 0 of place p begins at [p mod 4][p div 4].
    private int Start(int place) => (place % PluckerRays.TemporalStride * _latentFrames + place / PluckerRays.TemporalStride) * _area;
}
