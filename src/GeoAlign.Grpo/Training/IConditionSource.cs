namespace GeoAlign.Grpo;

/// <summary>Where conditions come from: a pure function of the iteration, so that nothing has to be saved to resume.</summary>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
public interface IConditionSource<TCondition>
{
    /// <summary>The conditions this process works on in an iteration; each gets a group of rollouts. Every process returns the same number.</summary>
    IReadOnlyList<TCondition> Draw(int iteration);
}
