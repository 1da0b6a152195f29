using System.Text.Json.Serialization;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>The result of a case: a line of results.jsonl.</summary>
internal sealed record CaseResult
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>Name of the video.</summary>
    public required string Video { get; init; }

    /// <summary>Move that was asked for.</summary>
    public required CameraMove Move { get; init; }

    /// <summary>Speed that was asked for.</summary>
    public required double Speed { get; init; }

    /// <summary>What became of it.</summary>
    public required CaseStatus Status { get; init; }

    /// <summary>Why it was not scored.</summary>
    public string? Reason { get; init; }

    /// <summary>Hash of all the result depends on; a case with the same one is not scored again.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Frames of the video.</summary>
    public int? Frames { get; init; }

    /// <summary>Frames it should have, by the length of its condition and the limit of its method.</summary>
    public int? ExpectedFrames { get; init; }

    /// <summary>Frames with an estimated pose.</summary>
    public int? FramesWithPose { get; init; }

    /// <summary>The figures.</summary>
    public CaseScores Scores { get; init; } = new();

    /// <summary>Address of the estimated path in the cache; null for ready poses.</summary>
    public string? PathAddress { get; init; }

    /// <summary>A result without figures.</summary>
    public static CaseResult Without(PlannedCase one, CaseStatus status, string? reason) =>
        new() { Method = one.Method.Name, Video = one.Name.Video, Move = one.Name.Move, Speed = one.Name.Speed, Status = status, Reason = reason };

    /// <summary>Video, move, speed.</summary>
    [JsonIgnore]
    public RetakeName Name => new(Video, Move, Speed);
}
