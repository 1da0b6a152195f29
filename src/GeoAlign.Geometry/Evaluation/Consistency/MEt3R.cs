using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>
/// MEt3R (Asim et al., "MEt3R: Measuring Multi-View Consistency in Generated Images", arXiv 2501.06336) without its networks: from point maps,
/// confidences and features of two images to the score.
/// </summary>
public static class MEt3R
{
    /// <summary>Radius of the discs, normalised device coordinates.</summary>
    public const double DefaultRadius = 0.01;

    // DUSt3R's confidences start at 1; the weight of a point is what it has above almost that.
    private const double ConfidenceFloor = 0.999;
    private const double Epsilon = 1e-5;

    /// <summary>Scores a pair: both point maps are drawn into the first camera with their features as colours, and compared where both are seen.</summary>
    /// <param name="first">The image whose camera is used.</param>
    /// <param name="second">The other image; as many points and features.</param>
    /// <param name="widthPixels">W.</param>
    /// <param name="heightPixels">H.</param>
    /// <param name="radius">Radius of the discs.</param>
    /// <param name="pointsPerPixel">Points that are blended in a pixel.</param>
    /// <remarks>
    /// The focal length is the lower median of the votes <c>u·z/x</c> of all pixels, u counted from the middle of the image, on the point map
    /// averaged by confidence; the camera then takes <c>1 + f/size</c>. Exactly it would be 2f/min(W, H): the original's way is kept.
    /// </remarks>
    /// <exception cref="ArgumentException">Sizes differ, a number is not finite, or no pixel votes for a focal length.</exception>
    public static MEt3RResult Score<T>(
        PointMapView<T> first, PointMapView<T> second, int widthPixels, int heightPixels,
        double radius = DefaultRadius, int pointsPerPixel = PointSplatter.MEt3RPointsPerPixel)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int pixels = checked(widthPixels * heightPixels);
        int channels = ThrowUnlessFits(first, pixels, nameof(first));
        if (ThrowUnlessFits(second, pixels, nameof(second)) != channels)
            throw new ArgumentException($"{second.Features.Length / pixels} features per pixel, the first image has {channels}.", nameof(second));

        (double X, double Y) focal = FocalNdc(first, second, widthPixels, heightPixels);
        PointSplatter drawnFirst = Draw(first.Points.Span, focal, new(widthPixels, heightPixels, radius, pointsPerPixel));
        PointSplatter drawnSecond = Draw(second.Points.Span, focal, new(widthPixels, heightPixels, radius, pointsPerPixel));

        bool[] overlap = new bool[pixels];
        double[] dissimilarity = new double[pixels], a = new double[channels], b = new double[channels];
        double sum = 0;
        int count = 0;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            overlap[pixel] = drawnFirst.TryBlend(pixel, first.Features.Span, a) & drawnSecond.TryBlend(pixel, second.Features.Span, b);
            dissimilarity[pixel] = 1 - Cosine(a, b);
            if (!overlap[pixel]) continue;
            sum += dissimilarity[pixel];
            count++;
        }

        return new()
        {
            Score = count > 0 ? sum / (count + Epsilon) : null,
            OverlapPixels = count,
            FocalNdc = focal,
            Overlap = overlap,
            Dissimilarity = dissimilarity,
        };
    }

    private static (double X, double Y) FocalNdc<T>(PointMapView<T> first, PointMapView<T> second, int width, int height)
        where T : unmanaged, INumberBase<T>
    {
        double[] votesX = new double[width * height], votesY = new double[width * height];
        ReadOnlySpan<double> firstConfidence = first.Confidences.Span, secondConfidence = second.Confidences.Span;
        for (int pixel = 0; pixel < votesX.Length; pixel++)
        {
            double w1 = firstConfidence[pixel] - ConfidenceFloor, w2 = secondConfidence[pixel] - ConfidenceFloor;
            Vector3d p = (w1 * first.Points.Span[pixel] + w2 * second.Points.Span[pixel]) / (w1 + w2);
            votesX[pixel] = (pixel % width - 0.5 * width) * p.Z / p.X;
            votesY[pixel] = (pixel / width - 0.5 * height) * p.Z / p.Y;
        }

        return (1 + LowerMedian(votesX) / width, 1 + LowerMedian(votesY) / height);
    }

    // Of an even number of values the smaller middle one; NaN (0/0 in the middle of the image) does not vote.
    private static double LowerMedian(double[] votes)
    {
        Array.Sort(votes);                                                               // NaN comes first
        int missing = 0;
        while (missing < votes.Length && double.IsNaN(votes[missing])) missing++;
        return missing < votes.Length
            ? votes[missing + (votes.Length - missing - 1) / 2]
            : throw new ArgumentException("No point of the first image votes for a focal length: all lie in the camera's axes.");
    }

    private static PointSplatter Draw(ReadOnlySpan<Vector3d> points, (double X, double Y) focal, PointSplatter splatter)
    {
        for (int i = 0; i < points.Length; i++) splatter.Add(i, -focal.X * points[i].X / points[i].Z, -focal.Y * points[i].Y / points[i].Z, points[i].Z);
        return splatter;
    }

    private static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double product = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        return product / (Math.Sqrt(aa) * Math.Sqrt(bb) + Epsilon);
    }

    // Returns the number of channels.
    private static int ThrowUnlessFits<T>(PointMapView<T> view, int pixels, string name)
        where T : unmanaged, INumberBase<T>
    {
        if (view.Points.Length != pixels || view.Confidences.Length != pixels)
            throw new ArgumentException($"{view.Points.Length} points and {view.Confidences.Length} confidences for {pixels} pixels.", name);
        if (view.Features.IsEmpty || view.Features.Length % pixels != 0)
            throw new ArgumentException($"{view.Features.Length} features, expected a multiple of the {pixels} pixels.", name);
        for (int i = 0; i < pixels; i++)
        {
            if (!view.Points.Span[i].IsFinite || !(view.Confidences.Span[i] > ConfidenceFloor && double.IsFinite(view.Confidences.Span[i])))
                throw new ArgumentException($"Pixel {i} is at {view.Points.Span[i]} with confidence {view.Confidences.Span[i]}; expected finite numbers, confidence above {ConfidenceFloor}.", name);
        }

        ConsistencyFeatures.ThrowUnlessFinite(view.Features.Span, name);
        return view.Features.Length / pixels;
    }
}
