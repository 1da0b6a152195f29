using System.Collections.Immutable;

namespace GeoAlign.Models;

/// <summary>A codec without training: sixteen cosine coefficients of every block of 8×8 pixels and one or four frames.</summary>
/// <remarks>
/// Ours; it stands in where there is no autoencoder checkpoint, and has the autoencoder's sizes. Pixels go from 0…255 to [−1, 1], to
/// luma and chroma (ITU-R BT.601, full range), and are projected on orthonormal cosines (DCT-II in rows, columns and time). Decoding
/// is the transpose, so what a latent can express it expresses exactly: encoding a decoded latent gives the latent back. Fine
/// detail, chroma edges and fast motion are lost.
/// </remarks>
public sealed class BlockDctCodec : ILatentCodec
{
    private const int Block = 8, Group = 4, Channels = 16;      // LatentLayout.Wan
    private const int Planes = 3;

    // ITU-R BT.601: Y = 0.299 R + 0.587 G + 0.114 B, Cb = (B − Y)/1.772, Cr = (R − Y)/1.402.
    private const double RedWeight = 0.299, GreenWeight = 0.587, BlueWeight = 0.114;
    private const double CbRange = 2 * (1 - BlueWeight), CrRange = 2 * (1 - RedWeight);

    private static readonly double[][] SingleFrameWeights = Weights(BlockDctBasis.SingleFrame, 1);
    private static readonly double[][] FourFrameWeights = Weights(BlockDctBasis.FourFrames, Group);

    /// <inheritdoc/>
    public void Encode(LatentShape shape, ReadOnlySpan<byte> video, Span<float> latents)
    {
        CheckLength(shape.VideoBytes, video.Length, nameof(video));
        float[] pixels = new float[video.Length];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = video[i] / 127.5f - 1;
        EncodePixels(shape, pixels, latents);
    }

    /// <inheritdoc/>
    public void Decode(LatentShape shape, ReadOnlySpan<float> latents, Span<byte> video)
    {
        CheckLength(shape.VideoBytes, video.Length, nameof(video));
        float[] pixels = new float[video.Length];
        DecodePixels(shape, latents, pixels);
        for (int i = 0; i < pixels.Length; i++) video[i] = (byte)Math.Clamp(MathF.Round((pixels[i] + 1) * 127.5f), 0, 255);
    }

    /// <summary>Encodes pixels in [−1, 1], laid out as the bytes of <see cref="Encode"/>.</summary>
    internal static void EncodePixels(LatentShape shape, ReadOnlySpan<float> pixels, Span<float> latents)
    {
        CheckLength(shape.VideoBytes, pixels.Length, nameof(pixels));
        CheckLength(shape.Count, latents.Length, nameof(latents));
        CheckLayout(shape);
        Span<double> block = stackalloc double[Planes * Group * Block * Block];
        for (int frame = 0; frame < shape.Frames; frame++)
        {
            BlockPosition first = BlockPosition.Of(frame);
            double[][] weights = frame == 0 ? SingleFrameWeights : FourFrameWeights;
            Span<double> samples = block[..(Planes * first.VideoFrames * Block * Block)];
            for (int row = 0; row < shape.Height; row++)
            {
                for (int column = 0; column < shape.Width; column++)
                {
                    ReadBlock(shape, pixels, first with { Row = row, Column = column }, samples);
                    for (int channel = 0; channel < Channels; channel++)
                    {
                        double sum = 0;
                        double[] weight = weights[channel];
                        for (int i = 0; i < weight.Length; i++) sum += weight[i] * samples[i];
                        latents[LatentIndex(shape, channel, frame, row, column)] =
                            (float)(sum / PatternAt(frame, channel).Scale / LevelOf(frame));
                    }
                }
            }
        }
    }

    /// <summary>Decodes to pixels, not clamped.</summary>
    internal static void DecodePixels(LatentShape shape, ReadOnlySpan<float> latents, Span<float> pixels)
    {
        CheckLength(shape.Count, latents.Length, nameof(latents));
        CheckLength(shape.VideoBytes, pixels.Length, nameof(pixels));
        CheckLayout(shape);
        Span<double> block = stackalloc double[Planes * Group * Block * Block];
        for (int frame = 0; frame < shape.Frames; frame++)
        {
            BlockPosition first = BlockPosition.Of(frame);
            double[][] weights = frame == 0 ? SingleFrameWeights : FourFrameWeights;
            Span<double> samples = block[..(Planes * first.VideoFrames * Block * Block)];
            for (int row = 0; row < shape.Height; row++)
            {
                for (int column = 0; column < shape.Width; column++)
                {
                    samples.Clear();
                    for (int channel = 0; channel < Channels; channel++)
                    {
                        double value =
                            latents[LatentIndex(shape, channel, frame, row, column)] * PatternAt(frame, channel).Scale * LevelOf(frame);
                        double[] weight = weights[channel];
                        for (int i = 0; i < weight.Length; i++) samples[i] += weight[i] * value;
                    }

                    WriteBlock(shape, samples, first with { Row = row, Column = column }, pixels);
                }
            }
        }
    }

    private static BlockDctPattern PatternAt(int frame, int channel) =>
        frame == 0 ? BlockDctBasis.SingleFrame[channel] : BlockDctBasis.FourFrames[channel];

    // A still picture has coefficients √4 times larger over four frames than over one; dividing by 2 gives it equal latents in every frame.
    private static double LevelOf(int frame) => frame == 0 ? 1 : 2;

    /// <summary>The orthonormal patterns as dense weights over [plane, frame, row, column].</summary>
    private static double[][] Weights(ImmutableArray<BlockDctPattern> patterns, int frames)
    {
        double[][] weights = new double[patterns.Length][];
        for (int p = 0; p < patterns.Length; p++)
        {
            BlockDctPattern pattern = patterns[p];
            weights[p] = new double[Planes * frames * Block * Block];
            int at = pattern.Plane * frames * Block * Block;
            for (int t = 0; t < frames; t++)
            {
                for (int y = 0; y < Block; y++)
                {
                    for (int x = 0; x < Block; x++)
                        weights[p][at++] =
                            Cosine(pattern.Time, t, frames) * Cosine(pattern.Row, y, Block) * Cosine(pattern.Column, x, Block);
                }
            }
        }

        return weights;
    }

    // Orthonormal DCT-II: √(1/n) for k = 0, else √(2/n) cos(π k (2i + 1) / 2n). Ahmed, Natarajan, Rao 1974.
    private static double Cosine(int k, int i, int n) =>
        k == 0 ? Math.Sqrt(1.0 / n) : Math.Sqrt(2.0 / n) * Math.Cos(Math.PI * k * (2 * i + 1) / (2 * n));

    private static void ReadBlock(LatentShape shape, ReadOnlySpan<float> pixels, BlockPosition position, Span<double> samples)
    {
        int plane = position.VideoFrames * Block * Block, at = 0;
        for (int t = 0; t < position.VideoFrames; t++)
        {
            for (int y = 0; y < Block; y++)
            {
                int pixel = position.PixelIndex(shape, t, y);
                for (int x = 0; x < Block; x++, at++, pixel += 3)
                {
                    double red = pixels[pixel], green = pixels[pixel + 1], blue = pixels[pixel + 2];
                    double luma = RedWeight * red + GreenWeight * green + BlueWeight * blue;
                    samples[at] = luma;
                    samples[plane + at] = (blue - luma) / CbRange;
                    samples[2 * plane + at] = (red - luma) / CrRange;
                }
            }
        }
    }

    private static void WriteBlock(LatentShape shape, ReadOnlySpan<double> samples, BlockPosition position, Span<float> pixels)
    {
        int plane = position.VideoFrames * Block * Block, at = 0;
        for (int t = 0; t < position.VideoFrames; t++)
        {
            for (int y = 0; y < Block; y++)
            {
                int pixel = position.PixelIndex(shape, t, y);
                for (int x = 0; x < Block; x++, at++, pixel += 3)
                {
                    double luma = samples[at];
                    double blue = luma + CbRange * samples[plane + at], red = luma + CrRange * samples[2 * plane + at];
                    pixels[pixel] = (float)red;
                    pixels[pixel + 1] = (float)((luma - RedWeight * red - BlueWeight * blue) / GreenWeight);
                    pixels[pixel + 2] = (float)blue;
                }
            }
        }
    }

    private static int LatentIndex(LatentShape shape, int channel, int frame, int row, int column) =>
        ((channel * shape.Frames + frame) * shape.Height + row) * shape.Width + column;

    private static void CheckLayout(LatentShape shape)
    {
        if (shape.Layout != LatentLayout.Wan)
            throw new ArgumentException($"The codec makes latents of the layout {LatentLayout.Wan}, not of {shape.Layout}.", nameof(shape));
    }

    private static void CheckLength(int expected, int found, string what)
    {
        if (found != expected) throw new ArgumentException($"{what} has {found} elements, expected {expected}.", what);
    }

    /// <summary>Which pixels a latent cell covers.</summary>
    private readonly record struct BlockPosition(int FirstVideoFrame, int VideoFrames, int Row, int Column)
    {
        public static BlockPosition Of(int latentFrame) =>
            latentFrame == 0 ? new(0, 1, 0, 0) : new(Group * (latentFrame - 1) + 1, Group, 0, 0);

        /// <summary>Index of the red value of the block's leftmost pixel in one of its frames and rows.</summary>
        public int PixelIndex(LatentShape shape, int frame, int row) =>
            (((FirstVideoFrame + frame) * shape.HeightPixels + Row * Block + row) * shape.WidthPixels + Column * Block) * 3;
    }
}
