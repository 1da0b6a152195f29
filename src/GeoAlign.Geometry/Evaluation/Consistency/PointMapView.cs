using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>One of the two images of a MEt3R pair, as its networks see it. Pixels row by row from the top.</summary>
/// <typeparam name="T">Type of the features; scores are double.</typeparam>
/// <param name="Points">H·W points in the coordinates of the <b>first</b> image's camera.</param>
/// <param name="Confidences">H·W confidences of the points, above 0.999.</param>
/// <param name="Features">H·W rows of features at full resolution.</param>
public sealed record PointMapView<T>(ReadOnlyMemory<Vector3d> Points, ReadOnlyMemory<double> Confidences, ReadOnlyMemory<T> Features)
    where T : unmanaged, INumberBase<T>;
