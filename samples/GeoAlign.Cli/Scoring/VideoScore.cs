using System.Text.Json.Serialization;
using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>All that was found out about one video.</summary>
internal sealed record VideoScore
{
    /// <summary>The file or folder.</summary>
    public required string Video { get; init; }

    /// <summary>Why nothing was scored; null where something was.</summary>
    public string? Problem { get; init; }

    public int? Frames { get; init; }

    public double? FramesPerSecond { get; init; }

    public int? WidthPixels { get; init; }

    public int? HeightPixels { get; init; }

    /// <summary>Name of the target path; null without one.</summary>
    public string? Target { get; init; }

    public IReadOnlyList<ScoredDimension> Scores { get; init; } = [];

    /// <summary>Null without a pose estimate.</summary>
    public PathReport? Path { get; init; }

    /// <summary>The target as seen from its first camera.</summary>
    [JsonIgnore]
    public CameraTrajectory? TargetPath { get; init; }

    /// <summary>The estimated path as seen from its first camera.</summary>
    [JsonIgnore]
    public CameraTrajectory? EstimatedPath { get; init; }

    /// <summary>What a table calls it.</summary>
    [JsonIgnore]
    public string Name => VideoInputs.NameOf(Video);

    /// <summary>Whether any dimension has a number.</summary>
    [JsonIgnore]
    public bool HasScore => Scores.Any(s => s.Value is not null);
}
