namespace GeoAlign.Grpo;

/// <summary>PPO's clipped loss of one ratio and one advantage, with its slope.</summary>
public static class ClippedObjective
{
    /// <summary><c>L = max(−A·ρ, −A·clamp(ρ, 1 − ε_low, 1 + ε_high))</c> and dL/d(ln ρ): −A·ρ where the ratio is followed, 0 where it is clipped.</summary>
    public static (double Loss, double Slope) At(double ratio, double advantage, double clipLow, double clipHigh)
    {
        bool clipped = advantage > 0 && ratio > 1 + clipHigh || advantage < 0 && ratio < 1 - clipLow;
        double followed = -advantage * ratio;
        return clipped ? (-advantage * Math.Clamp(ratio, 1 - clipLow, 1 + clipHigh), 0) : (followed, followed);
    }
}
