using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>What features of images must be.</summary>
internal static class ConsistencyFeatures
{
    public static void ThrowUnlessFinite<T>(ReadOnlySpan<T> features, string name)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < features.Length; i++)
            if (!T.IsFinite(features[i])) throw new ArgumentException($"Feature {i} is {features[i]}, expected a finite number.", name);
    }
}
