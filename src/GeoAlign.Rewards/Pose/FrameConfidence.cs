namespace GeoAlign.Rewards;

/// <summary>How much a pose network trusts one frame. Uncalibrated: thresholds belong to one checkpoint.</summary>
/// <param name="MeanLogConfidence">
/// Mean over the valid pixels of log(conf − 1), the network's raw logit (the exponential would let a few pixels rule);
/// −∞ when no pixel is valid; null when the network gives no confidence.
/// </param>
/// <param name="ValidFraction">Share of pixels with a valid probability above 0.5, in [0, 1]; null when the network gives no mask.</param>
public readonly record struct FrameConfidence(double? MeanLogConfidence, double? ValidFraction);
