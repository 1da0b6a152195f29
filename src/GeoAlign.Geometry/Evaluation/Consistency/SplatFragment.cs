namespace GeoAlign.Geometry;

/// <summary>A point that covers a pixel.</summary>
/// <param name="Point">Number under which the point was added.</param>
/// <param name="Z">Its depth.</param>
/// <param name="Opacity"><c>1 − d²/radius²</c>, d the distance of the point from the pixel's centre; in (0, 1].</param>
public readonly record struct SplatFragment(int Point, double Z, double Opacity);
