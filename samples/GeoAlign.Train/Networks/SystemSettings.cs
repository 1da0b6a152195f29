using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>Which networks a command works with, and where.</summary>
internal sealed record SystemSettings
{
    /// <summary>Size of the networks.</summary>
    public required NetworkSize Network { get; init; }

    /// <summary>Weight files. Without a base network the network is untrained; without an autoencoder latents are block cosines.</summary>
    public required ReleasedCheckpoints Files { get; init; }

    /// <summary>Device, as Torch names it.</summary>
    public required string Device { get; init; }

    /// <summary>Type of frozen weights.</summary>
    public required NumberType Precision { get; init; }

    /// <summary>Whether networks leave the device while they are not needed.</summary>
    public required bool Offload { get; init; }

    /// <summary>Whether frames pass the autoencoder in tiles.</summary>
    public required bool Tiled { get; init; }

    /// <summary>Seed of an untrained network.</summary>
    public required int Seed { get; init; }
}
