namespace GeoAlign.Models;

/// <summary>What the numbers at the output of a network mean.</summary>
public enum RedirectorOutput
{
    /// <summary>The velocity v = noise − data, as in the released networks.</summary>
    Velocity,

    /// <summary>
    /// The data x̂₀; the velocity is then (x − x̂₀)/max(σ, 0.05). Ours, for small networks: the data lie on a much smaller set than the noise.
    /// </summary>
    Data,
}
