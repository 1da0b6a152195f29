namespace GeoAlign.Grpo;

/// <summary>The loss weight of every step of a schedule; see <see cref="StepWeighting"/>.</summary>
public static class StepWeights
{
    /// <summary>Weights of the T steps; 0 for steps to which the rule gives no noise.</summary>
    public static double[] Compute(StepWeighting weighting, StepRule rule, SigmaSchedule schedule)
    {
        double guard = rule is FlowSdeRule flow ? flow.SigmaGuard : FlowSdeRule.DefaultSigmaGuard;
        double[] weights = new double[schedule.Steps];
        for (int i = 0; i < weights.Length; i++)
        {
            FlowStep step = rule.At(schedule, i);
            if (!step.IsStochastic) continue;
            weights[i] = weighting switch
            {
                StepWeighting.None => 1,
                StepWeighting.LongCat => Math.Sqrt(step.Sigma / (step.StepSize * (1 - FlowSdeRule.Guarded(schedule, i, guard)))),
                StepWeighting.Exact or StepWeighting.Flash => step.Std / -step.B,
                StepWeighting.Guard => step.Std / step.StepSize,
                StepWeighting.TempFlow => step.Std,
                _ => throw new ArgumentOutOfRangeException(nameof(weighting)),
            };
        }

        if (weighting is not (StepWeighting.TempFlow or StepWeighting.Flash)) return weights;
        double mean = weights.Where(w => w > 0).DefaultIfEmpty(1).Average();
        return Array.ConvertAll(weights, w => w / mean);
    }
}
