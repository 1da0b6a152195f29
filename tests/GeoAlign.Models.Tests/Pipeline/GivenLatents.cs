namespace GeoAlign.Models.Tests;

/// <summary>A codec that encodes every video to the same latents and decodes every latent to the same grey.</summary>
internal sealed class GivenLatents(float[] latents) : ILatentCodec
{
    public void Encode(LatentShape shape, ReadOnlySpan<byte> video, Span<float> destination) => latents.CopyTo(destination);

    public void Decode(LatentShape shape, ReadOnlySpan<float> source, Span<byte> video) => video.Fill(128);
}
