namespace GeoAlign.Grpo;

/// <summary>The few numbers that processes of one run exchange outside the network's gradients. All ranks call in the same order.</summary>
public interface IRankReduction
{
    /// <summary>This process, from 0.</summary>
    int Rank { get; }

    /// <summary>Number of processes.</summary>
    int RankCount { get; }

    /// <summary>Element-wise maximum over all ranks; every rank passes the same number of values.</summary>
    double[] Max(ReadOnlySpan<double> values);

    /// <summary>The values of all ranks, in the order of ranks; each rank may pass a different number.</summary>
    double[][] Gather(ReadOnlySpan<double> values);
}
