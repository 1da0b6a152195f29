using GeoAlign.Randomness;

namespace GeoAlign.Grpo;

/// <summary>A window drawn anew in each iteration, uniformly among those of its length inside [First, End).</summary>
/// <param name="Length">Stochastic steps.</param>
/// <param name="First">First step a window may hold.</param>
/// <param name="End">First step no window may hold; null is the number of steps.</param>
/// <param name="PerGroup">Each group draws its own window, shared by its members; otherwise all groups share one.</param>
/// <remarks>Flow-GRPO-Fast: length 1…3, First 0, End T/2. LongCat-Video: one step out of the first 6 of 16, per prompt.</remarks>
public sealed record RandomWindow(int Length = 4, int First = 0, int? End = null, bool PerGroup = false) : WindowRule
{
    /// <summary>LongCat-Video's single step (arXiv 2510.22200): one of the first <paramref name="candidates"/> steps, drawn per prompt.</summary>
    public static RandomWindow SingleStep(int candidates = 6) => new(1, 0, candidates, PerGroup: true);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(int steps)
    {
        int end = End ?? steps;
        if (Length < 1) yield return $"{nameof(Length)} is {Length}, must be ≥ 1";
        if (First < 0) yield return $"{nameof(First)} is {First}, must be ≥ 0";
        if (end > steps) yield return $"{nameof(End)} is {end}, must be ≤ {steps}";
        if (First + Length > end) yield return $"a window of {Length} does not fit into steps {First}…{end - 1}";
    }

    /// <inheritdoc/>
    protected override SdeWindow Choose(int iteration, int group, int steps, ulong seed)
    {
        int places = (End ?? steps) - Length - First + 1;
        CounterRandom random = new(seed, RandomPurpose.WindowStart, iteration, PerGroup ? group : 0);
        return new SdeWindow(First + random.Integer(places), Length);
    }
}
