namespace GeoAlign.Grpo;

/// <summary>How much better than its group each rollout was. Immutable.</summary>
public sealed class Advantages
{
    private readonly double[][][] _terms;           // group, member, loss term
    private readonly double[][][] _perDimension;    // group, member, dimension: before weighting
    private readonly double[] _weights;             // dimension
    private readonly bool[][] _counted;

    internal Advantages(double[][][] terms, double[][][] perDimension, double[] weights, bool[][] counted, double tiedGroups, IReadOnlyList<RewardSummary> rewards) =>
        (_terms, _perDimension, _weights, _counted, TiedGroupShare, Rewards) = (terms, perDimension, weights, counted, tiedGroups, rewards);

    /// <summary>Number of groups.</summary>
    public int GroupCount => _terms.Length;

    /// <summary>Share of groups in which no reward of weight above 0 tells the members apart; they train nothing.</summary>
    public double TiedGroupShare { get; }

    /// <summary>The rewards behind, in numbers.</summary>
    public IReadOnlyList<RewardSummary> Rewards { get; }

    /// <summary>Number of members of a group, counted or not.</summary>
    public int MemberCount(int group) => _terms[group].Length;

    /// <summary>The advantage of a member: weighted over rewards and clipped.</summary>
    public double Total(int group, int member)
    {
        double sum = 0;
        foreach (double term in _terms[group][member]) sum += term;
        return sum;
    }

    /// <summary>The weighted sum before any bound: the order of members, which bounds can blur.</summary>
    internal double Unclipped(int group, int member)
    {
        double sum = 0;
        for (int k = 0; k < _weights.Length; k++) sum += _weights[k] * _perDimension[group][member][k];
        return sum;
    }

    /// <summary>What the objective is evaluated for and summed over: the total, or one weighted advantage per reward with separate losses.</summary>
    public ReadOnlySpan<double> LossTerms(int group, int member) => _terms[group][member];

    /// <summary>The advantage in one reward, before weighting and clipping of the sum. In reward space there is one: that of the weighted sum.</summary>
    public double InDimension(int dimension, int group, int member) => _perDimension[group][member][dimension];

    /// <summary>Whether the member takes part: it has its rewards, those of weight 0 aside. Members left out have advantage 0 and do not enter averages.</summary>
    public bool IsCounted(int group, int member) => _counted[group][member];

    /// <summary>Whether the member pulls the policy anywhere.</summary>
    public bool IsZero(int group, int member)
    {
        foreach (double term in _terms[group][member])
        {
            if (term != 0) return false;
        }

        return true;
    }
}
