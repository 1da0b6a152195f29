namespace GeoAlign.Grpo;

/// <summary>Rollout and replay disagree although the weights are the same: the importance ratio before the first update is not 1.</summary>
/// <param name="deviation">Largest |ρ − 1| over all ranks.</param>
/// <param name="tolerance">What was allowed.</param>
/// <param name="place">Where it was on this rank.</param>
public sealed class RatioMismatchException(double deviation, double tolerance, string place) : InvalidOperationException(
    $"Before the first update the importance ratio must be 1; it is off by {deviation:0.###e+00}, allowed is {tolerance:0.###e+00} ({place}). "
    + "With unchanged weights the replay predicts another velocity than the rollout did. Nothing was updated. Look for dropout or training mode, another batch size, "
    + "attention kernel or precision, or guidance in one of them only. If it is the rounding of a low-precision network, "
    + "raise Update.RatioTolerance and set Objective.PinFirstUpdate.")
{
    /// <summary>Largest |ρ − 1| over all ranks.</summary>
    public double Deviation => deviation;
}
