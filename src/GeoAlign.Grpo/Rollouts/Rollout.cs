using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>One generated latent with what training needs of its path: the states and log densities of the stochastic window. Immutable.</summary>
/// <typeparam name="T">Element type of latents.</typeparam>
public sealed class Rollout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] _states;
    private readonly double[] _logProbs;
    private readonly T[][] _velocities;
    private readonly T[] _final;

    internal Rollout(T[][] states, double[] logProbs, T[][] velocities, T[] final) =>
        (_states, _logProbs, _velocities, _final) = (states, logProbs, velocities, final);

    /// <summary>The generated latent x_0.</summary>
    public ReadOnlySpan<T> Final => _final;

    /// <summary>The generated latent as memory, for asynchronous decoding.</summary>
    public ReadOnlyMemory<T> FinalMemory => _final;

    /// <summary>Number of stochastic steps.</summary>
    public int WindowLength => _logProbs.Length;

    /// <summary>State before stochastic step <paramref name="index"/> of the window; index = window length is the state after the last.</summary>
    public ReadOnlySpan<T> State(int index) => _states[index];

    /// <summary>Log density of stochastic step <paramref name="index"/> of the window under the weights that drew it.</summary>
    public double LogProb(int index) => _logProbs[index];

    /// <summary>Velocity at stochastic step <paramref name="index"/> of the window; empty unless the objective needs it.</summary>
    public ReadOnlySpan<T> Velocity(int index) => _velocities.Length == 0 ? default : _velocities[index];
}
