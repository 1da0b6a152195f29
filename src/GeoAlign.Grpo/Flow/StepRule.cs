using System.Text.Json.Serialization;

namespace GeoAlign.Grpo;

/// <summary>How a solver step is made from two noise levels. A value: two rules with equal numbers are equal.</summary>
/// <remarks>
/// The stochastic rules of the SDE family keep the marginals of the ODE for any diffusion level g(σ) ≥ 0:
/// <c>μ = x − h·[v + g²/(2σ)·ε̂]</c>, <c>S = g·√h</c> with <c>ε̂ = x + (1 − σ)·v</c> (Euler–Maruyama of the reverse-time SDE; Flow-GRPO,
/// arXiv 2505.05470; MixGRPO, arXiv 2507.21802).
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OdeRule), "ode")]
[JsonDerivedType(typeof(FlowSdeRule), "flow")]
[JsonDerivedType(typeof(DanceSdeRule), "dance")]
[JsonDerivedType(typeof(WanSdeRule), "wan")]
[JsonDerivedType(typeof(CpsRule), "cps")]
[JsonDerivedType(typeof(DdimRule), "ddim")]
public abstract record StepRule
{
    /// <summary>The deterministic rule.</summary>
    public static StepRule Ode { get; } = new OdeRule();

    /// <summary>The step from σ_i to σ_(i+1) of a schedule.</summary>
    public FlowStep At(SigmaSchedule schedule, int index)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, schedule.Steps);
        return Create(schedule, index);
    }

    /// <summary>What is wrong with the rule's numbers; empty when nothing is.</summary>
    public virtual IEnumerable<string> Problems() => [];

    /// <summary>Makes the step; <paramref name="index"/> is inside the schedule.</summary>
    protected abstract FlowStep Create(SigmaSchedule schedule, int index);

    /// <summary>The Euler–Maruyama step of the SDE family with diffusion level g.</summary>
    protected static FlowStep Sde(double sigma, double sigmaNext, double g)
    {
        double h = sigma - sigmaNext;
        double score = g * g / (2 * sigma);                     // ε̂ = x + (1 − σ)·v enters the drift with this factor
        return new FlowStep(sigma, sigmaNext, 1 - h * score, -h * (1 + score * (1 - sigma)), g * Math.Sqrt(h));
    }

    /// <summary>The step that mixes predicted data and predicted noise: <c>μ = (1 − σ')·x̂0 + √(σ'² − S²)·ε̂</c>, so that noise coefficients add up to σ'.</summary>
    protected static FlowStep Mixing(double sigma, double sigmaNext, double std)
    {
        double data = 1 - sigmaNext;
        double noise = Math.Sqrt(Math.Max(0, sigmaNext * sigmaNext - std * std));
        return new FlowStep(sigma, sigmaNext, data + noise, -data * sigma + noise * (1 - sigma), std);
    }
}
