using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>Frames as planes of numbers, padded or resized as a metric asks for.</summary>
internal static class PlanarFrames
{
    /// <summary>Numbers in [−1, 1].</summary>
    public static PixelNormalisation Signed { get; } = new() { Low = -1 };

    /// <summary>Numbers in [0, 255].</summary>
    public static PixelNormalisation Bytes { get; } = new() { High = 255 };

    /// <summary>A frame at its own size.</summary>
    public static PlanarImage Of(VideoFrames video, int frame, PixelNormalisation normalisation)
    {
        float[] planes = new float[video.FrameBytes];
        normalisation.Write(video.Frame(frame), planes);
        return new PlanarImage(new(video.WidthPixels, video.HeightPixels), planes);
    }

    /// <summary>Bordered with copies of the edge until both sides are multiples: half of the border, rounded down, before, the rest behind.</summary>
    public static PlanarImage Padded(PlanarImage image, int multiple)
    {
        (int width, int height) = (image.Size.WidthPixels, image.Size.HeightPixels);
        ImageSize size = new(RoundUp(width, multiple), RoundUp(height, multiple));
        if (size == image.Size) return image;
        (int left, int top) = ((size.WidthPixels - width) / 2, (size.HeightPixels - height) / 2);
        float[] planes = new float[3 * size.WidthPixels * size.HeightPixels];
        int at = 0;
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < size.HeightPixels; y++)
                for (int x = 0; x < size.WidthPixels; x++)
                    planes[at++] = image.Values.Span[(c * height + Math.Clamp(y - top, 0, height - 1)) * width + Math.Clamp(x - left, 0, width - 1)];
        return new PlanarImage(size, planes);
    }

    /// <summary>A video stretched to a size, bilinear.</summary>
    public static VideoFrames Stretched(VideoFrames video, ImageSize size)
    {
        FloatResampler resampler = FloatResampler.Interpolated(new(video.WidthPixels, video.HeightPixels), size, InterpolationKernel.Bilinear);
        int length = 3 * size.WidthPixels * size.HeightPixels;
        float[] resized = new float[length];
        byte[] pixels = new byte[checked(length * video.FrameCount)];
        for (int frame = 0; frame < video.FrameCount; frame++)
        {
            resampler.Resample(video.Frame(frame), resized);
            for (int i = 0; i < length; i++) pixels[frame * length + i] = (byte)Math.Clamp(MathF.Round(resized[i]), 0, 255);
        }

        return new VideoFrames(pixels, size.WidthPixels, size.HeightPixels, video.FrameCount, video.FramesPerSecond);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
