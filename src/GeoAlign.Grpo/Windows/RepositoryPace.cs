namespace GeoAlign.Grpo;

/// <summary>How many iterations the window of MixGRPO's published code stays in one place.</summary>
public enum RepositoryPace
{
    /// <summary>The same number everywhere.</summary>
    Progressive,

    /// <summary>Falls linearly from MaxInterval to MinInterval as the window moves towards data.</summary>
    Decay,

    /// <summary>Falls exponentially once the window has passed a threshold.</summary>
    ExponentialDecay,
}
