using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>The loop that all estimators share: AdamW with a cosine rate, clipped gradients, a running mean of the weights as the result.</summary>
internal static class EstimatorOptimization
{
    private const double GradientLimit = 1;

    /// <summary>Trains a network in place; at the end it holds the running mean of its weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Length and rates.</param>
    /// <param name="loss">Loss of one freshly drawn batch, a scalar.</param>
    /// <param name="progress">Told now and then where the training stands.</param>
    /// <param name="stop">Ends the training early with an exception.</param>
    public static void Run(nn.Module network, EstimatorSchedule schedule, Func<Tensor> loss, Action<EstimatorProgress>? progress, CancellationToken stop)
    {
        const int reportEvery = 500;
        Parameter[] trained = [.. network.parameters().Where(p => p.requires_grad)];
        using optim.Optimizer optimizer = optim.AdamW(trained, schedule.LearningRate, beta1: 0.9, beta2: 0.98, weight_decay: schedule.WeightDecay);
        Tensor[] means = Array.ConvertAll(trained, p => p.detach().clone());
        double sum = 0;
        for (int step = 0; step < schedule.Steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            foreach (optim.ILearningRateController group in optimizer.ParamGroups) group.LearningRate = schedule.RateAt(step);
            optimizer.zero_grad();
            Tensor value = loss();
            value.backward();
            nn.utils.clip_grad_norm_(trained, GradientLimit);
            optimizer.step();
            sum += value.ToSingle();

            using IDisposable noGradient = no_grad();
            double keep = Math.Min(schedule.MeanDecay, (step + 1.0) / (step + 10.0));
            for (int i = 0; i < means.Length; i++) means[i].mul_(keep).add_(trained[i], 1 - keep);
            if ((step + 1) % reportEvery != 0) continue;
            if (!double.IsFinite(sum)) throw new InvalidOperationException($"The loss is {sum / reportEvery} before step {step + 1}.");
            progress?.Invoke(new(step + 1, schedule.Steps, sum / reportEvery));
            sum = 0;
        }

        using IDisposable frozen = no_grad();
        for (int i = 0; i < means.Length; i++)
        {
            trained[i].copy_(means[i]);
            means[i].Dispose();
        }
    }
}
