using System.Text.Json.Serialization;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>What an evaluation is made of.</summary>
internal sealed record EvaluationSettings
{
    /// <summary>Methods side by side; differences are taken from the first.</summary>
    public required IReadOnlyList<MethodSource> Methods { get; init; }

    /// <summary>Folder of condition videos, or null.</summary>
    public string? Conditions { get; init; }

    /// <summary>Names of the videos, or null.</summary>
    public IReadOnlyList<string>? Videos { get; init; }

    /// <summary>Moves of the plan.</summary>
    public IReadOnlyList<CameraMove> Moves { get; init; } = ReCamMasterMoves.All;

    /// <summary>Speeds of the plan.</summary>
    public IReadOnlyList<double> Speeds { get; init; } = [1];

    /// <summary>How moves get their number of frames.</summary>
    public RetimedMotion Motion { get; init; } = RetimedMotion.SameSpeed;

    /// <summary>Folder of results.</summary>
    public required string Output { get; init; }

    /// <summary>Folder of what is kept between evaluations.</summary>
    public required string Cache { get; init; }

    /// <summary>Cases in work at a time.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether cases are scored again whose result is there already; estimated poses are used again in any case.</summary>
    public bool Again { get; init; }

    /// <summary>Resamples of the bootstrap.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Seed of the bootstrap's draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Results of cases, a line each.</summary>
    [JsonIgnore]
    public string ResultsFile => At("results.jsonl");

    /// <summary>File in the folder of results.</summary>
    public string At(string name) => Path.Combine(Output, name);
}
