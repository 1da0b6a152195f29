namespace GeoAlign.Cli;

/// <summary>A condition of a preview, as its summary lists it.</summary>
/// <param name="Iteration">Iteration.</param>
/// <param name="Group">Group.</param>
/// <param name="Video">Name of the video.</param>
/// <param name="StartFrame">First frame of the clip.</param>
/// <param name="FramesPerSecond">Rate of the clip.</param>
/// <param name="Prompt">Prompt; null when it is missing.</param>
/// <param name="SourceCamera">Where the clip's own camera path comes from.</param>
/// <param name="Target">Name of the target path.</param>
/// <param name="TopMetresPerSecond">Highest speed of the target.</param>
/// <param name="TopDegreesPerSecond">Highest turning speed of the target.</param>
/// <param name="Refused">Videos and paths that were drawn before and refused, in words.</param>
/// <param name="Sheet">Contact sheet; null when none was asked for.</param>
/// <param name="Plot">Picture of the paths; null when none was asked for.</param>
internal sealed record PreviewedCondition(
    int Iteration, int Group, string Video, int StartFrame, double FramesPerSecond, string? Prompt, string SourceCamera,
    string Target, double TopMetresPerSecond, double TopDegreesPerSecond, IReadOnlyList<string> Refused, string? Sheet, string? Plot);
