using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>MEt3R and Dyn-MEt3R of one video, from networks; drawing and scores are those of GeoAlign.Geometry.</summary>
internal static class ConsistencyFigures
{
    /// <summary>Side of the frames of Dyn-MEt3R.</summary>
    public const int DynamicSidePixels = 224;

    /// <summary>MEt3R: mean over the frames of the same time; a pair that shares no pixel has none.</summary>
    /// <param name="features">Two frames, ImageNet's normalisation, to [2, c, h, w].</param>
    /// <param name="points">Two frames in [−1, 1] to [2, h, w, 4]: x, y, z in the first camera, confidence.</param>
    /// <param name="condition">The condition video, at the size of the generated one.</param>
    /// <param name="generated">The generated video.</param>
    /// <param name="stop">Stops.</param>
    public static double? MEt3R(IFrameNetwork features, IFrameNetwork points, VideoFrames condition, VideoFrames generated, CancellationToken stop)
    {
        List<double> scores = [];
        for (int t = 0; t < Math.Min(condition.FrameCount, generated.FrameCount); t++)
        {
            NetworkTensor maps = points.Run([PlanarFrames.Of(condition, t, PlanarFrames.Signed), PlanarFrames.Of(generated, t, PlanarFrames.Signed)], stop);
            if (maps.Shape is not [2, int height, int width, 4])
                throw new InvalidOperationException($"the point network answers [{string.Join(", ", maps.Shape)}], expected [2, h, w, 4]");
            NetworkTensor colours = features.Run([PlanarFrames.Of(condition, t, PixelNormalisation.ImageNet), PlanarFrames.Of(generated, t, PixelNormalisation.ImageNet)], stop);
            ThrowUnlessFeatures(colours, 2, height, width);
            if (Geometry.MEt3R.Score(View(maps, colours, 0), View(maps, colours, 1), width, height).Score is { } score) scores.Add(score);
        }

        return scores.Count > 0 ? scores.Average() : null;
    }

    /// <summary>Dyn-MEt3R of the frames that have poses.</summary>
    /// <param name="features">Frames of 224 × 224, ImageNet's normalisation, to [n, c, 224, 224].</param>
    /// <param name="scene">Camera path in metres, depths, what moves.</param>
    /// <param name="video">The generated video.</param>
    /// <param name="stop">Stops.</param>
    public static double? Dynamic(IFrameNetwork features, DynamicScene scene, VideoFrames video, CancellationToken stop)
    {
        const int side = DynamicSidePixels;
        VideoFrames small = PlanarFrames.Stretched(video.Select([.. scene.Path.Frames]), new(side, side));
        CameraTrajectory poses = scene.Path.Trajectory().RelativeToFirst();
        int[] sources = DynMEt3R.SourceFrames(small.FrameCount);
        return DynMEt3R.Score([.. sources.Select(View)], Enumerable.Range(0, small.FrameCount).Except(sources).Select(View));

        DepthView<float> View(int i)
        {
            PlanarImage frame = PlanarFrames.Of(small, i, PixelNormalisation.ImageNet);
            NetworkTensor colours = features.Run([frame], stop);
            ThrowUnlessFeatures(colours, 1, side, side);
            return new DepthView<float>(
                poses[i], scene.Intrinsics[i].ToPixels(side, side), Array.ConvertAll(scene.Depth.Of(scene.Path.Frames[i], frame, stop), d => (double)d), Interleaved(colours, 0),
                Array.ConvertAll(scene.Moving.Of(scene.Path.Frames[i], frame, stop), p => p > 0.5f));
        }
    }

    private static PointMapView<float> View(NetworkTensor maps, NetworkTensor colours, int image)
    {
        ReadOnlySpan<float> map = maps.Item(image);
        Vector3d[] points = new Vector3d[map.Length / 4];
        double[] confidences = new double[points.Length];
        for (int i = 0; i < points.Length; i++) (points[i], confidences[i]) = (new(map[4 * i], map[4 * i + 1], map[4 * i + 2]), map[4 * i + 3]);
        return new(points, confidences, Interleaved(colours, image));
    }

    // [c, h, w] to a row of c numbers per pixel.
    private static float[] Interleaved(NetworkTensor features, int image)
    {
        int channels = features.Shape[1], pixels = features.Shape[2] * features.Shape[3];
        ReadOnlySpan<float> planes = features.Item(image);
        float[] rows = new float[planes.Length];
        for (int c = 0; c < channels; c++)
            for (int p = 0; p < pixels; p++) rows[p * channels + c] = planes[c * pixels + p];
        return rows;
    }

    private static void ThrowUnlessFeatures(NetworkTensor features, int count, int height, int width)
    {
        if (features.Shape is not [int n, > 0, int h, int w] || n != count || h != height || w != width)
            throw new InvalidOperationException($"the feature network answers [{string.Join(", ", features.Shape)}], expected [{count}, c, {height}, {width}]");
    }
}
