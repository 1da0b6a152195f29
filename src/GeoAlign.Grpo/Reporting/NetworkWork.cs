namespace GeoAlign.Grpo;

/// <summary>How often the network ran in an iteration, counted in latents. Classifier-free guidance runs it twice per count.</summary>
/// <param name="Rollout">Velocities predicted for rollouts.</param>
/// <param name="Trained">Latents that went forward and backward.</param>
/// <param name="Reference">Velocities predicted by the reference policy.</param>
public sealed record NetworkWork(long Rollout, long Trained, long Reference)
{
    /// <summary>In forward passes: a trained latent counts as four (forward, recomputation of activations, and a backward of two).</summary>
    public long InForwardPasses => Rollout + 4 * Trained + Reference;
}
