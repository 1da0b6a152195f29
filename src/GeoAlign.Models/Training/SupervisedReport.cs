namespace GeoAlign.Models;

/// <summary>What one update of supervised training did.</summary>
/// <param name="Update">Number of the update, from 0.</param>
/// <param name="Loss">Weighted loss, mean over the samples.</param>
/// <param name="UnweightedLoss">Mean squared error of the velocity, mean over the samples, without the weights of the noise levels.</param>
/// <param name="GradientNorm">L2 norm over all trained weights, before clipping.</param>
/// <param name="LearningRate">Rate of the update.</param>
public sealed record SupervisedReport(long Update, double Loss, double UnweightedLoss, double GradientNorm, double LearningRate);
