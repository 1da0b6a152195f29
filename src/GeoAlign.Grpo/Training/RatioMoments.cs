namespace GeoAlign.Grpo;

/// <summary>Moments of importance ratios as they go by.</summary>
internal sealed class RatioMoments
{
    private double _sum, _squares;
    private int _high, _low;

    public int Samples { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public double Mean => 1 + _sum / Samples;

    public double Std => Math.Sqrt(Math.Max(0, _squares / Samples - _sum / Samples * (_sum / Samples)));

    public double ClippedHigh => (double)_high / Samples;

    public double ClippedLow => (double)_low / Samples;

    public void Add(in StepLoss loss)
    {
        Samples++;
        double excess = loss.Ratio - 1;                 // moments about 1, where ratios live: no cancellation
        _sum += excess;
        _squares += excess * excess;
        Min = Math.Min(Min, loss.Ratio);
        Max = Math.Max(Max, loss.Ratio);
        if (loss.ClippedHigh) _high++;
        if (loss.ClippedLow) _low++;
    }

    public StepRatio At(int step) => new(step, Samples, Mean, Std, Min, Max, ClippedHigh, ClippedLow);
}
