namespace GeoAlign.Models;

/// <summary>Which halves of an autoencoder are in memory.</summary>
[Flags]
public enum WanVaeParts
{
    /// <summary>Video to latents: <c>encoder.*</c> and <c>conv1.*</c>.</summary>
    Encoder = 1,

    /// <summary>Latents to video: <c>decoder.*</c> and <c>conv2.*</c>.</summary>
    Decoder = 2,

    /// <summary>The whole network.</summary>
    Both = Encoder | Decoder,
}
