namespace GeoAlign.Models;

/// <summary>While this lives, a policy works with the averages of its weights. Disposing it puts the trained weights back, bit for bit.</summary>
public sealed class AveragedWeightsInUse : IDisposable
{
    private WeightAverages? _averages;

    internal AveragedWeightsInUse(WeightAverages averages)
    {
        averages.PutIn();
        _averages = averages;
    }

    /// <summary>Puts the trained weights back; a second call does nothing.</summary>
    public void Dispose()
    {
        _averages?.TakeOut();
        _averages = null;
    }
}
