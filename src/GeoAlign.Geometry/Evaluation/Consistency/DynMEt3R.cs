using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>
/// Dyn-MEt3R without its networks: does the static part of a video agree with itself in 3D? As ReDirector (arXiv 2511.19827) computes it, after
/// SteerX. Higher is better.
/// </summary>
public static class DynMEt3R
{
    /// <summary>Radius of the discs, normalised device coordinates.</summary>
    public const double DefaultRadius = 0.005;

    // What the original draws into every channel of a pixel that no point covers. Only its direction matters to a cosine.
    private const double Background = -10000;
    private const double SmallestNorm = 1e-8;

    /// <summary>Frames whose points are drawn: <c>⌊linspace(0, B − 1, ⌊B/2⌋ + 1)⌋</c>; the others are compared. 7 frames give 0, 2, 4, 6.</summary>
    /// <param name="frameCount">B ≥ 1.</param>
    public static int[] SourceFrames(int frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameCount);
        int count = frameCount / 2 + 1;
        if (count == 1) return [0];
        double step = (frameCount - 1.0) / (count - 1);
        int[] frames = new int[count];
        for (int i = 0; i < count; i++) frames[i] = i == count - 1 ? frameCount - 1 : (int)(i * step);
        return frames;
    }

    /// <summary>
    /// Draws all static points of the source frames into every target camera and compares with the target's own features.
    /// </summary>
    /// <param name="sources">Frames whose points are drawn.</param>
    /// <param name="targets">Frames that are compared; taken one at a time, so that they need not all be in memory.</param>
    /// <param name="radius">Radius of the discs.</param>
    /// <param name="pointsPerPixel">Points that are blended in a pixel.</param>
    /// <returns>
    /// Mean cosine over the static pixels of all targets together, also those that no point covers: there the drawn feature is a constant negative
    /// number in every channel. Null when no target has a static pixel.
    /// </returns>
    /// <exception cref="ArgumentException">No source; sizes of frames or numbers of features differ; a feature is not finite, or a depth neither finite nor +∞.</exception>
    public static double? Score<T>(
        IReadOnlyList<DepthView<T>> sources, IEnumerable<DepthView<T>> targets,
        double radius = DefaultRadius, int pointsPerPixel = PointSplatter.MEt3RPointsPerPixel)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(targets);
        if (sources.Count == 0) throw new ArgumentException("No source frame; expected at least one.", nameof(sources));
        int width = sources[0].Camera.WidthPixels, height = sources[0].Camera.HeightPixels, pixels = width * height, channels = sources[0].Channels;
        (Vector3d[] points, int[] origins) = StaticPoints(sources, width, height, channels);

        PointSplatter splatter = new(width, height, radius, pointsPerPixel);
        double[] drawn = new double[channels];
        double sum = 0;
        long count = 0;
        foreach (DepthView<T> target in targets)
        {
            ThrowUnlessAlike(target, width, height, channels, nameof(targets));
            Draw(points, target, splatter);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (target.IsDynamic.Span[pixel]) continue;
                if (splatter.IsCovered(pixel)) Blend(splatter.Fragments(pixel), sources, origins, pixels, drawn);
                else Array.Fill(drawn, Background);
                sum += Cosine(target.Features.Span.Slice(pixel * channels, channels), drawn);
                count++;
            }
        }

        return count > 0 ? sum / count : null;
    }

    // Origins tell where the features of a point are: frame·pixels + pixel.
    private static (Vector3d[] Points, int[] Origins) StaticPoints<T>(IReadOnlyList<DepthView<T>> sources, int width, int height, int channels)
        where T : unmanaged, INumberBase<T>
    {
        List<Vector3d> points = [];
        List<int> origins = [];
        int pixels = width * height;
        for (int s = 0; s < sources.Count; s++)
        {
            ThrowUnlessAlike(sources[s], width, height, channels, nameof(sources));
            ReadOnlySpan<bool> isDynamic = sources[s].IsDynamic.Span;
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (isDynamic[pixel] || double.IsPositiveInfinity(sources[s].DepthMetres.Span[pixel])) continue;
                points.Add(sources[s].PointOf(pixel));
                origins.Add(checked(s * pixels + pixel));
            }
        }

        return ([.. points], [.. origins]);
    }

    private static void Draw<T>(Vector3d[] points, DepthView<T> target, PointSplatter splatter)
        where T : unmanaged, INumberBase<T>
    {
        splatter.Clear();
        SE3 worldToCamera = target.CameraToWorld.Inverse();
        for (int i = 0; i < points.Length; i++) splatter.Add(i, worldToCamera * points[i], target.Camera);
    }

    private static void Blend<T>(ReadOnlySpan<SplatFragment> fragments, IReadOnlyList<DepthView<T>> sources, int[] origins, int pixels, Span<double> drawn)
        where T : unmanaged, INumberBase<T>
    {
        drawn.Clear();
        double transparency = 1;
        foreach (SplatFragment fragment in fragments)
        {
            (int source, int pixel) = Math.DivRem(origins[fragment.Point], pixels);
            PointSplatter.AddScaled(transparency * fragment.Opacity, sources[source].Features.Span.Slice(pixel * drawn.Length, drawn.Length), drawn);
            transparency *= 1 - fragment.Opacity;
        }
    }

    private static double Cosine<T>(ReadOnlySpan<T> own, ReadOnlySpan<double> drawn)
        where T : unmanaged, INumberBase<T>
    {
        double product = 0, aa = 0, bb = 0;
        for (int i = 0; i < drawn.Length; i++)
        {
            double a = double.CreateTruncating(own[i]);
            product += a * drawn[i];
            aa += a * a;
            bb += drawn[i] * drawn[i];
        }

        return product / Math.Max(Math.Sqrt(aa) * Math.Sqrt(bb), SmallestNorm);
    }

    private static void ThrowUnlessAlike<T>(DepthView<T> view, int width, int height, int channels, string name)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(view, name);
        if (view.Camera.WidthPixels != width || view.Camera.HeightPixels != height)
            throw new ArgumentException($"A frame of {view.Camera.WidthPixels}×{view.Camera.HeightPixels} pixels, the first has {width}×{height}.", name);
        view.ThrowUnlessFits(channels, name);
    }
}
