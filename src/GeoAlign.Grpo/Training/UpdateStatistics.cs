namespace GeoAlign.Grpo;

/// <summary>Gathers the numbers of an update as its samples go by.</summary>
internal sealed class UpdateStatistics
{
    private readonly RatioMoments _all = new();
    private readonly SortedDictionary<int, RatioMoments> _steps = [];
    private double _change, _kl;

    public double Loss { get; private set; }

    public double MaxRatioDeviation { get; private set; }

    public string WorstPlace { get; private set; } = "not on this rank";

    public long TrainedStates { get; set; }

    public long ReferenceEvaluations { get; set; }

    public void Add(in StepLoss loss, double scale, int step, int group, int member)
    {
        Loss += scale * loss.Loss;
        _all.Add(loss);
        if (!_steps.TryGetValue(step, out RatioMoments? ofStep)) _steps[step] = ofStep = new RatioMoments();
        ofStep.Add(loss);
        _change += Math.Abs(loss.LogRatio);
        _kl += loss.Kl;
        double deviation = Math.Abs(Math.Exp(loss.LogRatio) - 1);
        if (deviation > MaxRatioDeviation) (MaxRatioDeviation, WorstPlace) = (deviation, $"largest at step {step}, group {group}, member {member}");
    }

    public UpdateReport Report(bool hasKl, double gradientNorm, double gradientScale, double learningRate)
    {
        bool any = _all.Samples > 0;
        return new UpdateReport
        {
            Loss = Loss,
            Samples = _all.Samples,
            RatioMean = any ? _all.Mean : null,
            RatioStd = any ? _all.Std : null,
            RatioMin = any ? _all.Min : null,
            RatioMax = any ? _all.Max : null,
            Steps = [.. _steps.Select(step => step.Value.At(step.Key))],
            MaxRatioDeviation = MaxRatioDeviation,
            MeanLogProbChange = any ? _change / _all.Samples : null,
            ClippedHigh = any ? _all.ClippedHigh : 0,
            ClippedLow = any ? _all.ClippedLow : 0,
            Kl = any && hasKl ? _kl / _all.Samples : null,
            GradientNorm = gradientNorm,
            GradientScale = gradientScale,
            LearningRate = learningRate,
            TrainedStates = TrainedStates,
            ReferenceEvaluations = ReferenceEvaluations,
        };
    }
}
