namespace GeoAlign.Grpo;

/// <summary>Importance ratios of one solver step in one update, over the rollouts trained on this rank.</summary>
/// <param name="Step">Index of the solver step.</param>
/// <param name="Samples">Rollouts evaluated.</param>
/// <param name="Mean">Mean of ρ.</param>
/// <param name="Std">Population standard deviation of ρ.</param>
/// <param name="Min">Smallest ρ.</param>
/// <param name="Max">Largest ρ.</param>
/// <param name="ClippedHigh">Share of samples with ρ above the clip range.</param>
/// <param name="ClippedLow">Share of samples with ρ below the clip range.</param>
public sealed record StepRatio(int Step, int Samples, double Mean, double Std, double Min, double Max, double ClippedHigh, double ClippedLow);
