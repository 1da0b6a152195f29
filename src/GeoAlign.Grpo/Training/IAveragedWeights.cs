namespace GeoAlign.Grpo;

/// <summary>An optimiser that also keeps a moving average of its weights, which starts as a copy of them. Its Save and Load include the average.</summary>
public interface IAveragedWeights
{
    /// <summary>Whether an average is kept, where a setting may switch it off; asked before a run that needs one.</summary>
    bool KeepsAverage => true;

    /// <summary>average += (1 − decay)·(weights − average).</summary>
    void MoveAverage(double decay);
}
