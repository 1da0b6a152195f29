namespace GeoAlign.Geometry.Tests;

/// <summary>The fifteen golden pairs of paths and the values of the published tools for them.</summary>
internal static class MetricCases
{
    public static FixtureTensors Golden { get; } = FixtureTensors.Load("geometry", "pose_metrics.safetensors");

    public static TheoryData<string> Names => [.. Golden.Names.Where(n => n.EndsWith(".gt", StringComparison.Ordinal)).Select(n => n[..^".gt".Length])];

    public static CameraTrajectory Target(string name) => Paths.Of(Golden[name + ".gt"]);

    public static CameraTrajectory Estimated(string name) => Paths.Of(Golden[name + ".pred"]);

    /// <summary>
    /// How wrong an angle from arccos of the trace may be: the trace carries about 1e-15, which is 1e-15/sin θ in the angle and at worst √(2·1e-15) at 0 and π.
    /// </summary>
    public static double ArcCosineError(double radians) => 1e-15 / Math.Max(Math.Abs(Math.Sin(radians)), Math.Sqrt(0.5e-15));
}
