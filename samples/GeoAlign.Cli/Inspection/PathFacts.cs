using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>What can be said of a camera path. Pure; lengths in metres, or in the file's units where the scale is unknown.</summary>
internal sealed record PathFacts
{
    public required string Name { get; init; }

    public required int Frames { get; init; }

    /// <summary>First and last frame number where the file numbers its frames.</summary>
    public required long[]? FrameNumbers { get; init; }

    /// <summary>Numbers missing between them.</summary>
    public required long MissingFrames { get; init; }

    public required bool IsMetric { get; init; }

    /// <summary>"m" or "units".</summary>
    public string LengthUnit => IsMetric ? "m" : "units";

    public required PathTimes? Times { get; init; }

    public required LensFacts? Lens { get; init; }

    public required string Source { get; init; }

    /// <summary>Length of the path through all centres.</summary>
    public required double PathLength { get; init; }

    /// <summary>Distance from the first to the last centre.</summary>
    public required double StartToEnd { get; init; }

    /// <summary>Distance of the centre farthest from the first.</summary>
    public required double FarthestFromStart { get; init; }

    public required int FarthestFrame { get; init; }

    /// <summary>Extent of the centres to the right, down and forward of the first camera.</summary>
    public required double[] ExtentRightDownForward { get; init; }

    /// <summary>Sum of all turns.</summary>
    public required double TotalTurnDegrees { get; init; }

    /// <summary>Angle between the first and the last camera.</summary>
    public required double StartToEndDegrees { get; init; }

    /// <summary>Steps; null for a single pose.</summary>
    public required StepSpeeds? TranslationPerFrame { get; init; }

    public required StepSpeeds? RotationPerFrame { get; init; }

    /// <summary>Null where no frame rate is known.</summary>
    public required StepSpeeds? TranslationPerSecond { get; init; }

    public required StepSpeeds? RotationPerSecond { get; init; }

    /// <summary>Largest element of |RᵀR − I|, or |q| − 1, as printed in the file; null where it was not measured.</summary>
    public double? RotationDeviation { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Measures a path.</summary>
    /// <param name="named">As read.</param>
    /// <param name="framesPerSecond">Rate of a path without time stamps.</param>
    public static PathFacts Of(NamedPath named, double? framesPerSecond)
    {
        RecordedTrajectory recorded = named.Recorded.WithTimes(framesPerSecond);
        CameraTrajectory path = recorded.Trajectory, fromStart = path.RelativeToFirst();
        TrajectorySpeeds? speeds = path.Count > 1 ? TrajectorySpeeds.Of(path) : null;
        double[] distances = [.. fromStart.Select(p => p.Translation.Length)];
        int farthest = Array.IndexOf(distances, distances.Max());
        double Extent(int axis) => fromStart.Max(p => p.Translation[axis]) - fromStart.Min(p => p.Translation[axis]);
        double[] turns = speeds is null ? [] : [.. speeds.RotationRadiansPerFrame.ToArray().Select(double.RadiansToDegrees)];
        double[] steps = speeds is null ? [] : speeds.TranslationMetresPerFrame.ToArray();
        string unit = recorded.HasMetricScale ? "m" : "units";
        double[]? seconds = path.HasTimestamps ? [.. Enumerable.Range(1, path.Count - 1).Select(i => path.TimestampsSeconds[i] - path.TimestampsSeconds[i - 1])] : null;
        long[]? numbers = recorded.FrameNumbers.Count == 0 ? null : [recorded.FrameNumbers[0], recorded.FrameNumbers[^1]];
        return new()
        {
            Name = named.Name,
            Frames = path.Count,
            FrameNumbers = numbers,
            MissingFrames = numbers is null ? 0 : numbers[1] - numbers[0] + 1 - path.Count,
            IsMetric = recorded.HasMetricScale,
            Times = PathTimes.Of(path, fromOption: !named.Recorded.Trajectory.HasTimestamps),
            Lens = LensFacts.Of(recorded),
            Source = recorded.Source,
            PathLength = speeds?.PathLengthMetres ?? 0,
            StartToEnd = distances[^1],
            FarthestFromStart = distances[farthest],
            FarthestFrame = farthest,
            ExtentRightDownForward = [Extent(0), Extent(1), Extent(2)],
            TotalTurnDegrees = turns.Sum(),
            StartToEndDegrees = double.RadiansToDegrees(SO3.GeodesicDistance(path[0].Rotation, path[^1].Rotation)),
            TranslationPerFrame = speeds is null ? null : StepSpeeds.Of(steps, $"{unit}/frame"),
            RotationPerFrame = speeds is null ? null : StepSpeeds.Of(turns, "°/frame"),
            TranslationPerSecond = seconds is { Length: > 0 } ? StepSpeeds.Of([.. steps.Zip(seconds, (d, t) => d / t)], $"{unit}/s") : null,
            RotationPerSecond = seconds is { Length: > 0 } ? StepSpeeds.Of([.. turns.Zip(seconds, (d, t) => d / t)], "°/s") : null,
        };
    }
}
