using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>What a file says about its lenses.</summary>
/// <param name="HorizontalFieldOfViewDegrees">Of the first pose; null where the image size is not known.</param>
/// <param name="Fx">Horizontal focal length of the first pose, pixels or a fraction of the width.</param>
/// <param name="Fy">Vertical focal length.</param>
/// <param name="Cx">Column of the principal point.</param>
/// <param name="Cy">Row of the principal point.</param>
/// <param name="IsNormalised">Whether the four numbers are fractions of the image size.</param>
/// <param name="WidthPixels">Image width where it is stated.</param>
/// <param name="HeightPixels">Image height where it is stated.</param>
/// <param name="Distinct">Number of different lenses along the path.</param>
/// <param name="IsDistorted">Whether any states distortion.</param>
internal sealed record LensFacts(
    double? HorizontalFieldOfViewDegrees, double Fx, double Fy, double Cx, double Cy, bool IsNormalised, int? WidthPixels, int? HeightPixels, int Distinct, bool IsDistorted)
{
    public static LensFacts? Of(RecordedTrajectory path)
    {
        if (path.Intrinsics.Count == 0) return null;
        RecordedIntrinsics k = path.Intrinsics[0];
        double? width = k.IsNormalised ? 1 : k.WidthPixels;
        double? fieldOfView = width is { } w ? double.RadiansToDegrees(Math.Atan(k.Cx / k.Fx) + Math.Atan((w - k.Cx) / k.Fx)) : null;
        return new(fieldOfView, k.Fx, k.Fy, k.Cx, k.Cy, k.IsNormalised, k.WidthPixels, k.HeightPixels, path.Intrinsics.Distinct().Count(), path.Intrinsics.Any(i => i.HasDistortion));
    }
}
