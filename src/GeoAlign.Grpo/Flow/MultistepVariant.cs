namespace GeoAlign.Grpo;

/// <summary>Which second-order form of DPM-Solver++ is used. The third order has one form.</summary>
public enum MultistepVariant
{
    /// <summary>DPM-Solver++(2M): −½·α·E·D1.</summary>
    Midpoint,

    /// <summary>The form with exact integral weights: α·(E/H + 1)·D1.</summary>
    Heun,
}
