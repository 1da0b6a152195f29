namespace GeoAlign.Models;

/// <summary>Turns video into the latents a flow model works on, and back.</summary>
public interface ILatentCodec
{
    /// <summary>Video to latents.</summary>
    /// <param name="shape">Size of the latents; it fixes the size of the video.</param>
    /// <param name="video">rgb24: <c>frames × rows × columns × 3</c> bytes.</param>
    /// <param name="latents">Receives <c>[16, F, H/8, W/8]</c>, about unit variance.</param>
    /// <exception cref="ArgumentException">A buffer has another size than <paramref name="shape"/> says.</exception>
    void Encode(LatentShape shape, ReadOnlySpan<byte> video, Span<float> latents);

    /// <summary>Latents to video.</summary>
    /// <param name="shape">Size of the latents.</param>
    /// <param name="latents"><c>[16, F, H/8, W/8]</c>.</param>
    /// <param name="video">Receives rgb24: <c>frames × rows × columns × 3</c> bytes.</param>
    /// <exception cref="ArgumentException">A buffer has another size than <paramref name="shape"/> says.</exception>
    void Decode(LatentShape shape, ReadOnlySpan<float> latents, Span<byte> video);
}
