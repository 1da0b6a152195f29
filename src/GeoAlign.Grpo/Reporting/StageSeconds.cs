namespace GeoAlign.Grpo;

/// <summary>Wall-clock seconds of the stages of an iteration.</summary>
/// <param name="Draw">Getting the conditions.</param>
/// <param name="Rollout">Drawing rollouts.</param>
/// <param name="Score">Waiting for rewards after the rollouts; with overlap only what the sampling did not hide.</param>
/// <param name="Update">Gradients and optimiser.</param>
public sealed record StageSeconds(double Draw, double Rollout, double Score, double Update)
{
    /// <summary>All stages.</summary>
    public double Total => Draw + Rollout + Score + Update;
}
