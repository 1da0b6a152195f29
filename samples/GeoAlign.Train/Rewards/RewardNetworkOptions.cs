using GeoAlign.Models;
using static TorchSharp.torch;

namespace GeoAlign.Train;

/// <summary>Where and how the networks of rewards run.</summary>
internal sealed record RewardNetworkOptions
{
    /// <summary>Device of networks with weights, as Torch names it.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Type of their products; null: each network's own choice for the device.</summary>
    public ScalarType? Type { get; init; }

    /// <summary>Threads of all networks; 0: the runtimes' own choice.</summary>
    public int Threads { get; init; }

    /// <summary>Whether VideoAlign also judges the alignment with the prompt.</summary>
    public bool TextAlignment { get; init; }

    /// <summary>Told each network whose weights can move, as soon as it is open.</summary>
    public Action<IMovablePart>? Opened { get; init; }
}
