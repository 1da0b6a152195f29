using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Settings of the AdamW optimiser (Loshchilov, Hutter 2019). The learning rate comes with every update.</summary>
public sealed record AdamWOptions
{
    /// <summary>Decay of the mean of gradients. 0.9 as in ReDirector's training.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients. 0.999 as in ReDirector's training.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean square. 1e-8, PyTorch's default.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// Share of a weight that an update at learning rate 1 would take away. 0.01 as in ReDirector's training; Geo-Align gives none.
    /// </summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public AdamWOptions Validated()
    {
        List<string> errors = [];
        if (!(Beta1 >= 0 && Beta1 < 1)) errors.Add(Text($"{nameof(Beta1)} is {Beta1}, must be in [0, 1)"));
        if (!(Beta2 >= 0 && Beta2 < 1)) errors.Add(Text($"{nameof(Beta2)} is {Beta2}, must be in [0, 1)"));
        if (!(Epsilon > 0 && double.IsFinite(Epsilon))) errors.Add(Text($"{nameof(Epsilon)} is {Epsilon}, must be positive"));
        if (!(WeightDecay >= 0 && double.IsFinite(WeightDecay))) errors.Add(Text($"{nameof(WeightDecay)} is {WeightDecay}, must be ≥ 0"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(AdamWOptions)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
