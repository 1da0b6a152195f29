using System.Globalization;

namespace GeoAlign.Models;

/// <summary>A learning rate that rises linearly and then falls along half a cosine.</summary>
/// <remarks>
/// Warm-up of Goyal et al. 2017; half cosine of Loshchilov, Hutter 2017 (SGDR, eq. 5, one period). Update t of W warm-up updates has
/// <c>Peak·(t + 1)/W</c>; later <c>Floor + (Peak − Floor)(1 + cos π s)/2</c> with s rising from 0 to 1 over the rest.
/// With <see cref="TotalUpdates"/> null the rate stays at its peak after the warm-up, as in ReDirector's training.
/// </remarks>
public sealed record CosineLearningRate
{
    /// <summary>Highest rate. 1e-4 in ReDirector's training.</summary>
    public double Peak { get; init; } = 1e-4;

    /// <summary>Updates over which the rate rises.</summary>
    public int WarmUpUpdates { get; init; }

    /// <summary>Updates after which the rate is at its floor, warm-up included; null for a constant rate.</summary>
    public int? TotalUpdates { get; init; }

    /// <summary>Lowest rate.</summary>
    public double Floor { get; init; }

    /// <summary>Rate of an update, counted from 0.</summary>
    public double At(long update)
    {
        if (update < WarmUpUpdates) return Peak * (update + 1) / WarmUpUpdates;
        if (TotalUpdates is not int total) return Peak;
        double share = Math.Min(1, (update - WarmUpUpdates) / (double)(total - WarmUpUpdates));
        return Floor + (Peak - Floor) * (1 + Math.Cos(Math.PI * share)) / 2;
    }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public CosineLearningRate Validated()
    {
        List<string> errors = [];
        if (!(Peak >= 0 && double.IsFinite(Peak))) errors.Add(Text($"{nameof(Peak)} is {Peak}, must be ≥ 0"));
        if (!(Floor >= 0 && Floor <= Peak)) errors.Add(Text($"{nameof(Floor)} is {Floor}, must be in [0, {nameof(Peak)}]"));
        if (WarmUpUpdates < 0) errors.Add(Text($"{nameof(WarmUpUpdates)} is {WarmUpUpdates}, must be ≥ 0"));
        if (TotalUpdates <= WarmUpUpdates) errors.Add(Text($"{nameof(TotalUpdates)} is {TotalUpdates}, must be above {nameof(WarmUpUpdates)}"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(CosineLearningRate)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
