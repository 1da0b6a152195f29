using GeoAlign.Geometry;

namespace GeoAlign.Reporting;

/// <summary>A path with what a plot needs to know of it.</summary>
/// <param name="Path">The path.</param>
/// <param name="Tone">Its colour's name in the style sheet.</param>
/// <param name="Dash">Dashes of its line, so that paths of one colour can be told apart; empty for none.</param>
/// <param name="TimesSeconds">Time of each pose from the first, or null where it is not known.</param>
/// <param name="Speeds">Its steps; null for a single pose.</param>
internal sealed record PlottedPath(CameraPath Path, string Tone, string Dash, double[]? TimesSeconds, TrajectorySpeeds? Speeds)
{
    private static readonly string[] Dashes = ["", "7 4", "2 4", "9 4 2 4"];

    public CameraTrajectory Trajectory => Path.Trajectory;

    public static PlottedPath Of(CameraPath path, string tone, int index, double? framesPerSecond)
    {
        CameraTrajectory poses = path.Trajectory;
        double[]? times = poses.HasTimestamps ? [.. poses.TimestampsSeconds.ToArray().Select(t => t - poses.TimestampsSeconds[0])]
            : framesPerSecond is { } rate ? [.. Enumerable.Range(0, poses.Count).Select(i => i / rate)]
            : null;
        return new(path, tone, Dashes[index / Html.Tones.PaletteSize % Dashes.Length], times, poses.Count > 1 ? TrajectorySpeeds.Of(poses) : null);
    }

    /// <summary>Frames at which frustums stand: the first, the last and others evenly between.</summary>
    public IEnumerable<int> FrustumFrames(int count) => count switch
    {
        0 => [],
        1 => [0],
        _ => Enumerable.Range(0, count).Select(i => (int)Math.Round((double)i * (Trajectory.Count - 1) / (count - 1), MidpointRounding.AwayFromZero)).Distinct(),
    };

    /// <summary>Length of each step per frame, or per second where times are asked for.</summary>
    public double[] TranslationSpeeds(bool perSecond) => Per(Speeds is null ? [] : Speeds.TranslationMetresPerFrame, perSecond, 1);

    /// <summary>Angle of each step in degrees, per frame or per second.</summary>
    public double[] RotationSpeedsDegrees(bool perSecond) => Per(Speeds is null ? [] : Speeds.RotationRadiansPerFrame, perSecond, 180 / Math.PI);

    private double[] Per(ReadOnlySpan<double> steps, bool perSecond, double factor)
    {
        double[] speeds = new double[steps.Length];
        for (int i = 0; i < speeds.Length; i++) speeds[i] = factor * steps[i] / (perSecond ? TimesSeconds![i + 1] - TimesSeconds[i] : 1);
        return speeds;
    }
}
