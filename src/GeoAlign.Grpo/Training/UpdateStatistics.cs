namespace GeoAlign.Grpo;

/// <summary>Gathers the numbers of an update as its samples go by.</summary>
internal sealed class UpdateStatistics
{
    private double _sum, _squares, _min = double.PositiveInfinity, _max = double.NegativeInfinity, _change, _kl;
    private int _high, _low;

    public double Loss { get; private set; }

    public int Samples { get; private set; }

    public double MaxRatioDeviation { get; private set; }

    public string WorstPlace { get; private set; } = "not on this rank";

    public long TrainedStates { get; set; }

    public long ReferenceEvaluations { get; set; }

    public void Add(in StepLoss loss, double scale, int step, int group, int member)
    {
        Samples++;
        Loss += scale * loss.Loss;
        double excess = loss.Ratio - 1;                 // moments about 1, where ratios live: no cancellation
        _sum += excess;
        _squares += excess * excess;
        _min = Math.Min(_min, loss.Ratio);
        _max = Math.Max(_max, loss.Ratio);
        _change += Math.Abs(loss.LogRatio);
        _kl += loss.Kl;
        if (loss.ClippedHigh) _high++;
        if (loss.ClippedLow) _low++;
        double deviation = Math.Abs(Math.Exp(loss.LogRatio) - 1);
        if (deviation > MaxRatioDeviation) (MaxRatioDeviation, WorstPlace) = (deviation, $"largest at step {step}, group {group}, member {member}");
    }

    public UpdateReport Report(bool hasKl, double gradientNorm, double gradientScale, double learningRate)
    {
        double n = Samples;
        bool any = Samples > 0;
        double mean = any ? _sum / n : 0;
        return new UpdateReport
        {
            Loss = Loss,
            Samples = Samples,
            RatioMean = any ? 1 + mean : null,
            RatioStd = any ? Math.Sqrt(Math.Max(0, _squares / n - mean * mean)) : null,
            RatioMin = any ? _min : null,
            RatioMax = any ? _max : null,
            MaxRatioDeviation = MaxRatioDeviation,
            MeanLogProbChange = any ? _change / n : null,
            ClippedHigh = any ? _high / n : 0,
            ClippedLow = any ? _low / n : 0,
            Kl = any && hasKl ? _kl / n : null,
            GradientNorm = gradientNorm,
            GradientScale = gradientScale,
            LearningRate = learningRate,
            TrainedStates = TrainedStates,
            ReferenceEvaluations = ReferenceEvaluations,
        };
    }
}
