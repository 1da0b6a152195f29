namespace GeoAlign.Sampling;

/// <summary>Made-up walks in a <see cref="DataConfiguration"/>; what is left out is as in <see cref="SplinePathOptions"/>.</summary>
/// <param name="ControlPoses">Control poses of the curve.</param>
/// <param name="StepMetres">Distance between them.</param>
/// <param name="SidewaysBoundMetres">Bound to the left and right.</param>
/// <param name="ForwardBoundMetres">Bound ahead and behind.</param>
/// <param name="HeightBoundMetres">Bound up and down.</param>
/// <param name="MaximumTurnDegrees">Largest change of direction between control poses.</param>
/// <param name="MaximumGlanceDegrees">Largest angle between walking and looking.</param>
/// <param name="MaximumTiltDegrees">Largest tilt.</param>
public sealed record SplineConfiguration(
    int? ControlPoses = null, double? StepMetres = null, double? SidewaysBoundMetres = null, double? ForwardBoundMetres = null, double? HeightBoundMetres = null,
    double? MaximumTurnDegrees = null, double? MaximumGlanceDegrees = null, double? MaximumTiltDegrees = null)
{
    internal SplinePathOptions ToOptions()
    {
        SplinePathOptions defaults = new();
        return new SplinePathOptions
        {
            ControlPoses = ControlPoses ?? defaults.ControlPoses,
            StepMetres = StepMetres ?? defaults.StepMetres,
            SidewaysBoundMetres = SidewaysBoundMetres ?? defaults.SidewaysBoundMetres,
            ForwardBoundMetres = ForwardBoundMetres ?? defaults.ForwardBoundMetres,
            HeightBoundMetres = HeightBoundMetres ?? defaults.HeightBoundMetres,
            MaximumTurnDegrees = MaximumTurnDegrees ?? defaults.MaximumTurnDegrees,
            MaximumGlanceDegrees = MaximumGlanceDegrees ?? defaults.MaximumGlanceDegrees,
            MaximumTiltDegrees = MaximumTiltDegrees ?? defaults.MaximumTiltDegrees,
        };
    }
}
