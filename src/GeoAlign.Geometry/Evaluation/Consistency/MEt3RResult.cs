namespace GeoAlign.Geometry;

/// <summary>MEt3R of one pair of images.</summary>
public sealed record MEt3RResult
{
    /// <summary>
    /// Mean dissimilarity of the two images where both are seen, 0 for equal features; lower is better. Null where no pixel is seen by both: the
    /// original then gives 0, its best score.
    /// </summary>
    public required double? Score { get; init; }

    /// <summary>Pixels that both images cover.</summary>
    public required int OverlapPixels { get; init; }

    /// <summary>Focal lengths in the units of the drawing: <c>1 + f_x/W</c> and <c>1 + f_y/H</c>, f in pixels from the votes of the points.</summary>
    public required (double X, double Y) FocalNdc { get; init; }

    /// <summary>H·W: whether both images cover the pixel.</summary>
    public required ReadOnlyMemory<bool> Overlap { get; init; }

    /// <summary>H·W: <c>1 − cosine</c> of the drawn features; 1 where one of them is background.</summary>
    public required ReadOnlyMemory<double> Dissimilarity { get; init; }
}
