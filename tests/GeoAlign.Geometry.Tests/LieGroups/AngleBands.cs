namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Bands of the rotation angle where Lie-group code breaks, if anywhere.</summary>
public static class AngleBands
{
    /// <summary>
    /// Below π: 0, squares that underflow, tiny, the switch of Log at tan(θ/2) = 1e-3, that of the series at θ² = 1, ordinary, next to π.
    /// </summary>
    public static TheoryData<double, double> Principal => new()
    {
        { 0, 0 },
        { 1e-200, 1e-170 },
        { 1e-20, 1e-17 },
        { 1e-12, 1e-8 },
        { 1e-5, 1e-4 },
        { 1.99e-3, 2.01e-3 },
        { 0.999999, 1.000001 },
        { 0.1, 3 },
        { Math.PI - 1e-2, Math.PI - 1e-4 },
        { Math.PI - 1e-7, Math.PI - 1e-9 },
    };

    /// <summary>The same, and around and beyond π and 2π.</summary>
    public static TheoryData<double, double> All
    {
        get
        {
            TheoryData<double, double> bands = Principal;
            bands.Add(Math.PI, Math.PI);
            bands.Add(Math.PI + 1e-9, Math.PI + 1e-7);
            bands.Add(3.5, 6);
            bands.Add(2 * Math.PI - 1e-9, 2 * Math.PI + 1e-9);
            bands.Add(7, 20);
            return bands;
        }
    }
}
