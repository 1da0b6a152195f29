using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>VBench's dimensions of one video, from networks; preparation and formulas are those of GeoAlign.Rewards.</summary>
internal static class VBenchFigures
{
    private const int FramesPerRun = 8;

    /// <summary>Subject or background consistency: features [n, d].</summary>
    public static double Consistency(IFrameNetwork network, VideoFrames video, VBenchTransform transform, CancellationToken stop)
    {
        float[] features = PerFrame(network, video, transform, stop);
        return VBench.Consistency(Array.ConvertAll(features, f => (double)f), features.Length / video.FrameCount);
    }

    /// <summary>Aesthetic quality: scores [n] or [n, 1] from 0 to 10.</summary>
    public static double Aesthetic(IFrameNetwork network, VideoFrames video, CancellationToken stop) =>
        VBench.Aesthetic(OnePerFrame(network, video, VBenchTransform.Clip(), stop));

    /// <summary>Imaging quality: scores [n] or [n, 1] from 0 to 100.</summary>
    public static double Imaging(IFrameNetwork network, VideoFrames video, CancellationToken stop) =>
        VBench.Imaging(OnePerFrame(network, video, VBenchTransform.Musiq(), stop));

    /// <summary>Motion smoothness: of two neighbouring even frames, in [0, 1] and padded to multiples of 16, the frame between, [1, 3, h, w].</summary>
    public static double Smoothness(IFrameNetwork network, VideoFrames video, CancellationToken stop)
    {
        int count = (video.FrameCount - 1) / 2;
        byte[] predicted = new byte[count * video.FrameBytes];
        for (int k = 0; k < count; k++)
        {
            PlanarImage first = Even(k);
            NetworkTensor between = network.Run([first, Even(k + 1)], stop);
            ThrowUnless(between, [1, 3, first.Size.HeightPixels, first.Size.WidthPixels]);
            Unpad(between, first.Size, predicted.AsSpan(k * video.FrameBytes, video.FrameBytes), video);
        }

        return VBench.MotionSmoothness(video, new VideoFrames(predicted, video.WidthPixels, video.HeightPixels, count, video.FramesPerSecond));

        PlanarImage Even(int k) => PlanarFrames.Padded(PlanarFrames.Of(video, 2 * k, PixelNormalisation.Unit), 16);
    }

    /// <summary>Dynamic degree: of two neighbouring kept frames, in [0, 255] and padded to multiples of 8, the flow [1, 2, h, w] in pixels.</summary>
    public static double Dynamic(IFrameNetwork network, VideoFrames video, CancellationToken stop)
    {
        int[] kept = FrameSubsampling.EveryFrame(VBenchDynamicDegree.FrameInterval(video.FramesPerSecond)).Of(video.FrameCount);
        if (kept.Length < 2) throw new InvalidOperationException("a single kept frame has no flow");
        List<float> flow = [];
        ImageSize size = default;
        for (int k = 0; k + 1 < kept.Length; k++)
        {
            PlanarImage first = PlanarFrames.Padded(PlanarFrames.Of(video, kept[k], PlanarFrames.Bytes), 8);
            size = first.Size;
            NetworkTensor pair = network.Run([first, PlanarFrames.Padded(PlanarFrames.Of(video, kept[k + 1], PlanarFrames.Bytes), 8)], stop);
            ThrowUnless(pair, [1, 2, size.HeightPixels, size.WidthPixels]);
            flow.AddRange(pair.Values);
        }

        return VBenchDynamicDegree.Of<float>(flow.ToArray(), size.WidthPixels, size.HeightPixels, video.WidthPixels, video.HeightPixels).Score;
    }

    private static double[] OnePerFrame(IFrameNetwork network, VideoFrames video, VBenchTransform transform, CancellationToken stop)
    {
        float[] scores = PerFrame(network, video, transform, stop);
        return scores.Length == video.FrameCount
            ? Array.ConvertAll(scores, s => (double)s)
            : throw new InvalidOperationException($"the network gives {scores.Length / video.FrameCount} numbers to a frame, expected one");
    }

    private static float[] PerFrame(IFrameNetwork network, VideoFrames video, VBenchTransform transform, CancellationToken stop)
    {
        List<float> all = [];
        foreach (int[] frames in Enumerable.Range(0, video.FrameCount).Chunk(FramesPerRun))
        {
            NetworkTensor tensor = network.Run([.. frames.Select(f => transform.Apply(video.Frame(f), new(video.WidthPixels, video.HeightPixels)))], stop);
            if (tensor.Shape is not [int n, ..] || n != frames.Length)
                throw new InvalidOperationException($"the network answers [{string.Join(", ", tensor.Shape)}] for {frames.Length} frames, expected [{frames.Length}, …]");
            all.AddRange(tensor.Values);
        }

        return [.. all];
    }

    // ·255, clipped, cut to whole numbers, as VBench writes the predicted frames.
    private static void Unpad(NetworkTensor between, ImageSize padded, Span<byte> rgb, VideoFrames video)
    {
        (int left, int top) = ((padded.WidthPixels - video.WidthPixels) / 2, (padded.HeightPixels - video.HeightPixels) / 2);
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < video.HeightPixels; y++)
                for (int x = 0; x < video.WidthPixels; x++)
                    rgb[3 * (y * video.WidthPixels + x) + c] = (byte)Math.Clamp(255 * between.Values[(c * padded.HeightPixels + y + top) * padded.WidthPixels + x + left], 0, 255);
    }

    private static void ThrowUnless(NetworkTensor tensor, int[] shape)
    {
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new InvalidOperationException($"the network answers [{string.Join(", ", tensor.Shape)}], expected [{string.Join(", ", shape)}]");
    }
}
