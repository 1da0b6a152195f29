namespace GeoAlign.Models;

/// <summary>Released weight files that are recognised by their key list.</summary>
public enum KnownCheckpoint
{
    /// <summary>Wan2.1-T2V-1.3B diffusion transformer.</summary>
    Wan21TextToVideo,

    /// <summary>Wan2.1-Fun-V1.1-1.3B-Control-Camera diffusion transformer, ReDirector's base.</summary>
    Wan21FunControlCamera,

    /// <summary>umT5-XXL text encoder.</summary>
    Umt5Encoder,

    /// <summary>Wan2.1 video autoencoder.</summary>
    Wan21Vae,

    /// <summary>CLIP ViT-H/14 of open-clip (image and text towers).</summary>
    ClipVitHuge,
}
