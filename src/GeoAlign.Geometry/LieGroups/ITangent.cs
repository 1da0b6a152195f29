using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>An element of a Lie algebra in coordinates: a vector space with a length.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ITangent<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>,
    IMultiplyOperators<TSelf, double, TSelf>
    where TSelf : struct, ITangent<TSelf>
{
    /// <summary>The zero tangent.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Euclidean length of all coordinates together; where they have different units it is a size for stopping rules, not a distance.</summary>
    double Length { get; }
}
