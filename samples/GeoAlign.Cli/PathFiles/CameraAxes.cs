namespace GeoAlign.Cli;

/// <summary>Axes of the cameras in a file whose format does not fix them.</summary>
internal enum CameraAxes
{
    /// <summary>x right, y down, z forward.</summary>
    OpenCv,

    /// <summary>x right, y up, z backward.</summary>
    OpenGl,
}
