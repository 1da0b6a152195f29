using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>One frame of a video as Dyn-MEt3R sees it: its camera, depth, features and which pixels move. Pixels row by row from the top.</summary>
/// <typeparam name="T">Type of the features; scores are double.</typeparam>
/// <param name="CameraToWorld">Pose, metres, OpenCV axes.</param>
/// <param name="Camera">Intrinsics and image size; columns and rows are counted from 0 at the centre of the first pixel, as ViPE does here.</param>
/// <param name="DepthMetres">H·W depths along the optical axis; +∞ (the sky) gives no point.</param>
/// <param name="Features">H·W rows of features.</param>
/// <param name="IsDynamic">H·W: whether the pixel shows something that moves.</param>
public sealed record DepthView<T>(
    SE3 CameraToWorld, CameraIntrinsics Camera, ReadOnlyMemory<double> DepthMetres, ReadOnlyMemory<T> Features, ReadOnlyMemory<bool> IsDynamic)
    where T : unmanaged, INumberBase<T>
{
    /// <summary>H·W.</summary>
    public int Pixels => Camera.WidthPixels * Camera.HeightPixels;

    /// <summary>Features per pixel.</summary>
    public int Channels => Features.Length / Pixels;

    /// <summary>The point of the world that a pixel shows: <c>((u − c_x)·Z/f_x, (v − c_y)·Z/f_y, Z)</c>, u and v whole numbers.</summary>
    /// <param name="pixel">row·W + column.</param>
    public Vector3d PointOf(int pixel) =>
        CameraToWorld * Camera.BackProject(pixel % Camera.WidthPixels, pixel / Camera.WidthPixels, DepthMetres.Span[pixel]);

    internal void ThrowUnlessFits(int channels, string name)
    {
        if (DepthMetres.Length != Pixels || IsDynamic.Length != Pixels || Features.Length != (long)Pixels * channels || channels == 0)
            throw new ArgumentException($"{DepthMetres.Length} depths, {IsDynamic.Length} mask values and {Features.Length} features for {Pixels} pixels of {channels} features.", name);
        foreach (double depth in DepthMetres.Span)
            if (double.IsNaN(depth) || double.IsNegativeInfinity(depth)) throw new ArgumentException($"A depth is {depth}, expected finite numbers, or +∞ for no point.", name);
        ConsistencyFeatures.ThrowUnlessFinite(Features.Span, name);
    }
}
