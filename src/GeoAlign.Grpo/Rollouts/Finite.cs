using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>Checks that stop a run before a NaN or an infinity spreads.</summary>
internal static class Finite
{
    public static bool All<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value)) return false;
        }

        return true;
    }
}
