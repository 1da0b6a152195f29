using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>What the objective needs to know about one rollout at one stochastic step.</summary>
/// <typeparam name="T">Element type of latents.</typeparam>
public readonly ref struct StepSample<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>State before the step.</summary>
    public required ReadOnlySpan<T> State { get; init; }

    /// <summary>Velocity the current weights predict there.</summary>
    public required ReadOnlySpan<T> Velocity { get; init; }

    /// <summary>State after the step, as drawn in the rollout.</summary>
    public required ReadOnlySpan<T> Next { get; init; }

    /// <summary>Log density of the drawn step under the weights of the rollout.</summary>
    public required double OldLogProb { get; init; }

    /// <summary>Advantages to sum the objective over; one unless rewards have separate losses.</summary>
    public required ReadOnlySpan<double> Advantages { get; init; }

    /// <summary>Velocity of the rollout; needed by Guard and DPPO, otherwise may be empty.</summary>
    public ReadOnlySpan<T> OldVelocity { get; init; }

    /// <summary>Velocity of the reference policy; needed when there is a KL penalty, otherwise may be empty.</summary>
    public ReadOnlySpan<T> ReferenceVelocity { get; init; }

    /// <summary>Take the current velocity as that of the rollout (first update): ρ = 1.</summary>
    public bool Pinned { get; init; }
}
