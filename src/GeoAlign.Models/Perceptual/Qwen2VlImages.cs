using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>Frames to the patches of Qwen2-VL: resized, normalised and cut.</summary>
public static class Qwen2VlImages
{
    private const int PatchPixels = 14, FramesPerPatch = 2, Channels = 3;

    /// <summary>Patches of a video as VideoAlign prepares it: antialiased bicubic in float32, one rounding at the end.</summary>
    /// <param name="video">The frames to look at, at least one.</param>
    /// <param name="minPixels">Smallest area of a frame; 128 blocks in the released model.</param>
    /// <param name="maxPixels">Largest area of a frame; 256 blocks in the released model.</param>
    /// <exception cref="ArgumentException">The frames have no size that fits, see <see cref="SmartResize"/>.</exception>
    public static Qwen2VlPatches OfVideo(VideoFrames video, long minPixels = 100_352, long maxPixels = 200_704)
    {
        ArgumentNullException.ThrowIfNull(video);
        ImageSize input = new(video.WidthPixels, video.HeightPixels), size = SmartResize.Of(input, minPixels, maxPixels);
        FloatResampler resampler = FloatResampler.Antialiased(input, size);
        int frameBytes = Channels * size.WidthPixels * size.HeightPixels;
        byte[] resized = new byte[checked(video.FrameCount * frameBytes)];
        for (int f = 0; f < video.FrameCount; f++) resampler.Resample(video.Frame(f), resized.AsSpan(f * frameBytes, frameBytes));
        return Cut(resized, video.FrameCount, size);
    }

    /// <summary>Patches of one image as HPSv3 prepares it: bicubic in 8 bits, as Pillow.</summary>
    /// <param name="rgb">H×W×3 bytes.</param>
    /// <param name="input">Size of the image.</param>
    /// <param name="pixels">Area asked for, as lower and upper bound; 256 blocks in the released model.</param>
    /// <exception cref="ArgumentException">The image has no size that fits, see <see cref="SmartResize"/>.</exception>
    public static Qwen2VlPatches OfImage(ReadOnlySpan<byte> rgb, ImageSize input, long pixels = 200_704)
    {
        ImageSize size = SmartResize.Of(input, pixels, pixels);
        byte[] resized = new byte[Channels * size.WidthPixels * size.HeightPixels];
        new EightBitResampler(input, size, ResampleFilter.Bicubic).Resample(rgb, resized);
        return Cut(resized, 1, size);
    }

    /// <summary>Normalises frames that have their size and cuts them; the last one is repeated where their number is odd.</summary>
    /// <param name="rgb">T×H×W×3 bytes.</param>
    /// <param name="frames">T.</param>
    /// <param name="size">Size of a frame, multiples of 28.</param>
    internal static Qwen2VlPatches Cut(ReadOnlySpan<byte> rgb, int frames, ImageSize size)
    {
        int pairs = (frames + 1) / FramesPerPatch, rows = size.HeightPixels / PatchPixels, columns = size.WidthPixels / PatchPixels;
        float[] values = new float[checked(pairs * rows * columns * Qwen2VlPatches.PatchLength)];
        float[] table = NormalisedLevels();
        int rowBytes = Channels * size.WidthPixels, frameBytes = rowBytes * size.HeightPixels, at = 0;
        for (int pair = 0; pair < pairs; pair++)
        {
            for (int patch = 0; patch < rows * columns; patch++)
            {
                (int row, int column) = PlaceOf(patch, columns);
                for (int c = 0; c < Channels; c++)
                {
                    for (int f = 0; f < FramesPerPatch; f++)
                    {
                        int frame = Math.Min(FramesPerPatch * pair + f, frames - 1);
                        int corner = frame * frameBytes + row * PatchPixels * rowBytes + column * PatchPixels * Channels + c;
                        for (int y = 0; y < PatchPixels; y++)
                        {
                            for (int x = 0; x < PatchPixels; x++) values[at++] = table[256 * c + rgb[corner + y * rowBytes + Channels * x]];
                        }
                    }
                }
            }
        }

        return new Qwen2VlPatches(values, pairs, rows, columns);
    }

    // Blocks of 2×2 patches in raster order, and the patches of a block in raster order.
    private static (int Row, int Column) PlaceOf(int patch, int columns)
    {
        (int block, int inside) = (patch / 4, patch % 4);
        int blockColumns = columns / 2;
        return (block / blockColumns * 2 + inside / 2, block % blockColumns * 2 + inside % 2);
    }

    // x = (float32(p·(1/255)) − mean)/deviation, for each channel and level.
    private static float[] NormalisedLevels()
    {
        PixelNormalisation clip = PixelNormalisation.Clip;
        float[] table = new float[Channels * 256];
        for (int i = 0; i < table.Length; i++) table[i] = ((float)(i % 256 * (1 / 255.0)) - clip.Mean[i / 256]) / clip.Std[i / 256];
        return table;
    }
}
