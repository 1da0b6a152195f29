using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>What is scored, and how videos are read and paired with their paths.</summary>
internal sealed record ScoreRequest
{
    /// <summary>Target paths; null where no reward needs one.</summary>
    public TargetPaths? Targets { get; init; }

    /// <summary>The text all videos were made from; null reads VIDEO.txt beside each where there is one.</summary>
    public string? Prompt { get; init; }

    /// <summary>Rate of folders of frames.</summary>
    public FrameRate? FolderFrameRate { get; init; }

    /// <summary>First frames and poses that are scored; null for all.</summary>
    public int? Frames { get; init; }

    /// <summary>Video frames per target pose: pose i belongs to frame i times this.</summary>
    public int TargetEvery { get; init; } = 1;

    /// <summary>Colours of the condition clip.</summary>
    public ColourStatistics? SourceColours { get; init; }
}
