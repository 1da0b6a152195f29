namespace GeoAlign.Grpo;

/// <summary>What a sliding window does when it reaches the last step.</summary>
public enum WindowEnd
{
    /// <summary>Stays there: MixGRPO's algorithm 1.</summary>
    Stay,

    /// <summary>Starts again at the first step, as UniRL does.</summary>
    Restart,
}
