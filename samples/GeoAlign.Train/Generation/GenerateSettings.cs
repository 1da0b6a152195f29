using GeoAlign.Geometry;
using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>Everything a user can choose about generated videos.</summary>
internal sealed record GenerateSettings
{
    /// <summary>Condition video: a file, a folder of frames, or a folder of videos.</summary>
    public required string Video { get; init; }

    /// <summary>Frames per second of a folder of frames.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Frames of the clip, from the video's start; null for as many as fit.</summary>
    public int? Frames { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>File with the target path; null if a move is named.</summary>
    public string? Path { get; init; }

    /// <summary>Camera of that file, where it holds several.</summary>
    public string? Camera { get; init; }

    /// <summary>Of the ten published moves; empty if a path is given.</summary>
    public IReadOnlyList<CameraMove> Moves { get; init; } = [];

    /// <summary>Factors of the moves' speed.</summary>
    public IReadOnlyList<double> Speeds { get; init; } = [1];

    /// <summary>File with the condition video's own path, or a folder of files named as the videos; null if an estimator reads it from the video.</summary>
    public string? SourcePath { get; init; }

    /// <summary>Camera of that file, where it holds several.</summary>
    public string? SourceCamera { get; init; }

    /// <summary>Pose estimator for a video without a known path: an ONNX file, or MapAnything's folder or weight file.</summary>
    public string? PoseModel { get; init; }

    /// <summary>Horizontal field of view, degrees; null takes the intrinsics that come with the source path, else 65.</summary>
    public double? FieldOfViewDegrees { get; init; }

    /// <summary>Prompt; null to read it from the file beside the video.</summary>
    public string? Prompt { get; init; }

    /// <summary>Negative prompt, for guidance.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Self-attention weights of an own run, laid over all others.</summary>
    public string? Trained { get; init; }

    /// <summary>The networks.</summary>
    public required SystemSettings System { get; init; }

    /// <summary>How to generate.</summary>
    public required GenerationOptions Options { get; init; }

    /// <summary>Threads of the networks.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a video that is there is made again and replaced.</summary>
    public bool Replaces { get; init; }

    /// <summary>Video to write; the folder of several.</summary>
    public required string Output { get; init; }
}
