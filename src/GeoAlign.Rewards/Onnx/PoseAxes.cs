namespace GeoAlign.Rewards;

/// <summary>Camera axes of a network's poses.</summary>
public enum PoseAxes
{
    /// <summary>x right, y down, z forward.</summary>
    OpenCv,

    /// <summary>x right, y up, z backward.</summary>
    OpenGl,
}
