using System.Text.Json.Serialization;
using GeoAlign.Models;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Everything a user can choose about a run; written to config.json and compared when a run goes on.</summary>
internal sealed record TrainSettings
{
    /// <summary>The data pipeline, where a file describes it; then the videos, paths, cameras and rate below are not used.</summary>
    public DataConfiguration? Data { get; init; }

    /// <summary>Condition videos: files or folders of frames.</summary>
    public required IReadOnlyList<string> Videos { get; init; }

    /// <summary>Target paths: a MultiCamVideo camera_extrinsics.json.</summary>
    public required string Paths { get; init; }

    /// <summary>Cameras of that file to draw from; empty for all.</summary>
    public IReadOnlyList<string> Cameras { get; init; } = [];

    /// <summary>The rewards' files and weights.</summary>
    public required RewardFiles Rewards { get; init; }

    /// <summary>Weight files; none for an untrained network with a block-cosine codec.</summary>
    public ReleasedCheckpoints Checkpoints { get; init; } = new();

    /// <summary>Prompt of videos without a text file beside them; null if there is none.</summary>
    public string? Prompt { get; init; }

    /// <summary>Prompt of what is not to be seen, for guidance.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Guidance of rollouts and updates alike; 1 is none.</summary>
    public double GuidanceScale { get; init; } = 1;

    /// <summary>Whether the camera phase layers are trained with the rest of self-attention.</summary>
    public bool TrainsPhases { get; init; } = true;

    /// <summary>Whether the backward pass runs every block again instead of keeping its activations.</summary>
    public bool RecomputesActivations { get; init; }

    /// <summary>Type of frozen weights.</summary>
    public NumberType Precision { get; init; }

    /// <summary>Whether encoders and autoencoder leave the device while they are not needed; changes no number.</summary>
    public bool Offload { get; init; }

    /// <summary>Whether frames pass the autoencoder in tiles.</summary>
    public bool Tiled { get; init; }

    /// <summary>Sizes of the network.</summary>
    public NetworkSize Network { get; init; } = NetworkSize.Miniature;

    /// <summary>Device of the network, as Torch names it.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of the network and of the pose estimator; more than the machine has cores makes it slower.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Frames of a clip, 4k + 1.</summary>
    public int Frames { get; init; } = 17;

    /// <summary>Columns of the video, a multiple of 16.</summary>
    public int Width { get; init; } = 160;

    /// <summary>Rows of the video, a multiple of 16.</summary>
    public int Height { get; init; } = 96;

    /// <summary>Frames per second of frame folders; video files know theirs, and what is generated takes the condition video's.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Horizontal field of view of condition and target camera, degrees.</summary>
    public double FieldOfViewDegrees { get; init; } = 65;

    /// <summary>Iterations.</summary>
    public int Iterations { get; init; } = 8;

    /// <summary>Conditions per iteration.</summary>
    public int Conditions { get; init; } = 2;

    /// <summary>Rollouts per condition.</summary>
    public int GroupSize { get; init; } = 6;

    /// <summary>Solver steps.</summary>
    public int Steps { get; init; } = 12;

    /// <summary>Stochastic, trained steps.</summary>
    public int WindowLength { get; init; } = 4;

    /// <summary>Iterations between moves of the window.</summary>
    public int WindowInterval { get; init; } = 2;

    /// <summary>Optimiser updates per iteration; the members of a group are dealt to them.</summary>
    public int Updates { get; init; } = 2;

    /// <summary>Learning rate.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Clip range ε of the importance ratio.</summary>
    public double ClipRange { get; init; } = 1e-4;

    /// <summary>Largest |ρ − 1| before the first update.</summary>
    public double RatioTolerance { get; init; } = 1e-6;

    /// <summary>Seed of every draw.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Iterations between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 4;

    /// <summary>Seed of clips and target paths.</summary>
    [JsonIgnore]
    public long DataSeed => Data?.Seed ?? Seed;

    /// <summary>What is said about a condition video.</summary>
    public string PromptOf(ConditionVideo video) => Prompts.Of(video, CommonPrompt, ReadsPrompts);

    /// <summary>Whether something reads prompts; a scorer of another process may.</summary>
    [JsonIgnore]
    public bool ReadsPrompts => NeedsPrompts || Rewards.Remote.Count > 0;

    /// <summary>Prompt of videos without their own; null where each must have one, or none is read.</summary>
    [JsonIgnore]
    public string? CommonPrompt => Prompt ?? (ReadsPrompts && !NeedsPrompts ? "" : null);

    /// <summary>The part that says which networks are used.</summary>
    public SystemSettings ToSystem() => new()
    {
        Network = Network, Files = Checkpoints, Device = Device, Precision = Precision, Offload = Offload, Tiled = Tiled, Seed = Seed,
    };

    private bool NeedsPrompts => Checkpoints.TextEncoder is not null || Rewards.VideoAlign is not null || Rewards.HpsV3 is not null;
}
