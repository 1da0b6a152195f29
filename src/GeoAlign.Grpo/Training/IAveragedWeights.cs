namespace GeoAlign.Grpo;

/// <summary>An optimiser that also keeps a moving average of its weights, which starts as a copy of them. Its Save and Load include the average.</summary>
public interface IAveragedWeights
{
    /// <summary>average += (1 − decay)·(weights − average).</summary>
    void MoveAverage(double decay);
}
