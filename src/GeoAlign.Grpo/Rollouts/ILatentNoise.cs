namespace GeoAlign.Grpo;

/// <summary>Where rollouts get their noise from: a pure function of the place, so that any order and any number of ranks see the same numbers.</summary>
/// <typeparam name="T">Element type of latents.</typeparam>
public interface ILatentNoise<T>
{
    /// <summary>Writes the starting latent of a rollout: standard normal numbers.</summary>
    /// <param name="iteration">Iteration.</param>
    /// <param name="group">Group, counted over all ranks.</param>
    /// <param name="member">Member; 0 for all members when they share it.</param>
    /// <param name="noise">Receives the latent.</param>
    void Initial(int iteration, int group, int member, Span<T> noise);

    /// <summary>Writes the noise of one stochastic step. Members must differ, or the group has no variance.</summary>
    /// <param name="iteration">Iteration.</param>
    /// <param name="group">Group, counted over all ranks.</param>
    /// <param name="member">Member.</param>
    /// <param name="step">Solver step.</param>
    /// <param name="noise">Receives the noise.</param>
    void Step(int iteration, int group, int member, int step, Span<T> noise);
}
