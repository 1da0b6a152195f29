namespace GeoAlign.Models;

/// <summary>Video to latents and back with the Wan2.1 autoencoder, chunk by chunk.</summary>
/// <remarks>
/// Encoding takes the mean of the posterior: nothing is drawn. Native memory is that of one chunk, however long the video is; tiled
/// decoding to bytes also holds the video as float32. The network stays the caller's.
/// </remarks>
/// <param name="network">Autoencoder, with the halves that will be used.</param>
/// <param name="tiling">How to cut frames into tiles, or null for whole frames.</param>
public sealed class WanLatentCodec(WanVae network, VaeTiling? tiling = null) : ILatentCodec
{
    private readonly VaeTiling? _tiling = tiling?.Validated();

    /// <inheritdoc/>
    public void Encode(LatentShape shape, ReadOnlySpan<byte> video, Span<float> latents) => Encode(shape, video, latents, null);

    /// <summary>Video to latents, with progress; as <see cref="ILatentCodec.Encode"/>.</summary>
    /// <param name="shape">Size of the latents; it fixes the size of the video.</param>
    /// <param name="video">rgb24: <c>frames × rows × columns × 3</c> bytes.</param>
    /// <param name="latents">Receives <c>[16, F, H/8, W/8]</c>; unfinished when an exception is thrown.</param>
    /// <param name="progress">Told after every chunk.</param>
    /// <param name="cancellationToken">Looked at before every chunk.</param>
    /// <exception cref="ArgumentException">A buffer has another size than <paramref name="shape"/> says.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Encode(
        LatentShape shape, ReadOnlySpan<byte> video, Span<float> latents, IProgress<CodecProgress>? progress,
        CancellationToken cancellationToken = default)
    {
        Check(shape, video.Length, nameof(video), latents.Length);
        VaeEncoding.Run(network, _tiling, shape, new PixelSource(video), latents, progress, cancellationToken);
    }

    /// <summary>Pixels in [−1, 1] to latents.</summary>
    /// <param name="shape">Size of the latents; it fixes the size of the video.</param>
    /// <param name="pixels"><c>frames × rows × columns × 3</c> finite numbers.</param>
    /// <param name="latents">Receives <c>[16, F, H/8, W/8]</c>; unfinished when an exception is thrown.</param>
    /// <param name="progress">Told after every chunk.</param>
    /// <param name="cancellationToken">Looked at before every chunk.</param>
    /// <exception cref="ArgumentException">
    /// A buffer has another size than <paramref name="shape"/> says, or a pixel is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void EncodePixels(
        LatentShape shape, ReadOnlySpan<float> pixels, Span<float> latents, IProgress<CodecProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(shape, pixels.Length, nameof(pixels), latents.Length);
        CodecChecks.Finite(pixels, nameof(pixels));
        VaeEncoding.Run(network, _tiling, shape, new PixelSource(pixels), latents, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Decode(LatentShape shape, ReadOnlySpan<float> latents, Span<byte> video) => Decode(shape, latents, video, null);

    /// <summary>Latents to video, with progress; as <see cref="ILatentCodec.Decode"/>.</summary>
    /// <remarks>Bytes are rounded, so that a byte survives a perfect autoencoder; ReDirector's own scripts cut the fraction off.</remarks>
    /// <param name="shape">Size of the latents.</param>
    /// <param name="latents"><c>[16, F, H/8, W/8]</c>, finite.</param>
    /// <param name="video">
    /// Receives rgb24: <c>frames × rows × columns × 3</c> bytes; unfinished when an exception is thrown.
    /// </param>
    /// <param name="progress">Told after every chunk.</param>
    /// <param name="cancellationToken">Looked at before every chunk.</param>
    /// <exception cref="ArgumentException">
    /// A buffer has another size than <paramref name="shape"/> says, or a latent is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Decode(
        LatentShape shape, ReadOnlySpan<float> latents, Span<byte> video, IProgress<CodecProgress>? progress,
        CancellationToken cancellationToken = default)
    {
        Check(shape, video.Length, nameof(video), latents.Length);
        CodecChecks.Finite(latents, nameof(latents));
        if (_tiling is null)
        {
            VaeDecoding.Run(network, null, shape, latents, new PixelTarget(video), progress, cancellationToken);
            return;
        }

        float[] pixels = new float[video.Length];
        DecodePixels(shape, latents, pixels, progress, cancellationToken);
        for (int i = 0; i < pixels.Length; i++) video[i] = PixelTarget.ToByte(pixels[i]);
    }

    /// <summary>Latents to pixels, clamped to [−1, 1].</summary>
    /// <param name="shape">Size of the latents.</param>
    /// <param name="latents"><c>[16, F, H/8, W/8]</c>, finite.</param>
    /// <param name="pixels">Receives <c>frames × rows × columns × 3</c> numbers; unfinished when an exception is thrown.</param>
    /// <param name="progress">Told after every chunk.</param>
    /// <param name="cancellationToken">Looked at before every chunk.</param>
    /// <exception cref="ArgumentException">
    /// A buffer has another size than <paramref name="shape"/> says, or a latent is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void DecodePixels(
        LatentShape shape, ReadOnlySpan<float> latents, Span<float> pixels, IProgress<CodecProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(shape, pixels.Length, nameof(pixels), latents.Length);
        CodecChecks.Finite(latents, nameof(latents));
        pixels.Clear();
        float[] weights = new float[shape.HeightPixels * shape.WidthPixels];
        VaeDecoding.Run(network, _tiling, shape, latents, new PixelTarget(pixels, weights), progress, cancellationToken);
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Math.Clamp(pixels[i] / weights[i / 3 % weights.Length], -1, 1);
    }

    private static void Check(LatentShape shape, int videoLength, string videoName, int latentLength)
    {
        CodecChecks.Shape(shape);
        CodecChecks.VideoLength(shape, videoLength, videoName);
        CodecChecks.LatentLength(shape, latentLength, "latents");
    }
}
