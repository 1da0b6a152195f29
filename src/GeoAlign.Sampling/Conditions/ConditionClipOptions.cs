namespace GeoAlign.Sampling;

/// <summary>Which clips <see cref="ConditionClipSource"/> cuts out of its videos.</summary>
public sealed record ConditionClipOptions
{
    /// <summary>Frames per clip (N). 81 in Geo-Align.</summary>
    public int FrameCount { get; init; } = 81;

    /// <summary>Size of a clip: scaled to cover it, cropped around the centre. 832 × 480 in Geo-Align.</summary>
    public FrameSize Size { get; init; } = new(832, 480);

    /// <summary>1 takes every frame, 2 every second: a way from 30 to 15 frames per second. Ours: 1.</summary>
    public int FrameStride { get; init; } = 1;

    /// <summary>Distance between the frames where a clip may start; 1 allows every start, a clip's own length gives windows that do not overlap. Ours: 1.</summary>
    public int WindowStepFrames { get; init; } = 1;

    /// <summary>Frame rate of folders of frames; needed when there are any. There is no default.</summary>
    public FrameRate? FolderFrameRate { get; init; }

    /// <summary>
    /// Rate of the clips; null keeps each video's own (divided by the stride). Frames are picked, never made up
    /// (<see cref="FrameSelection.AtRate"/>); a video of a lower rate is an error. Needs a stride of 1. Ours: null.
    /// </summary>
    public FrameRate? FrameRate { get; init; }

    /// <summary>What a draw does when it hits a video that cannot be used. Ours: fail.</summary>
    public UnreadableClipResponse WhenUnreadable { get; init; }

    /// <summary>How many videos are tried before a draw gives up; 1 to 4096. Counts with <see cref="UnreadableClipResponse.Redraw"/>. Ours: 16.</summary>
    public int MaximumAttempts { get; init; } = 16;

    /// <summary>Frames of a video that a clip reaches over at the video's own rate: (N − 1) · stride + 1.</summary>
    public int SpanFrames => checked((FrameCount - 1) * FrameStride + 1);

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public ConditionClipOptions Validated()
    {
        List<string> errors = [];
        if (FrameCount < 1) errors.Add($"{nameof(FrameCount)} is {FrameCount}, must be ≥ 1");
        if (!Size.IsPositive) errors.Add($"{nameof(Size)} is {Size}, must be positive");
        if (FrameStride < 1) errors.Add($"{nameof(FrameStride)} is {FrameStride}, must be ≥ 1");
        if (WindowStepFrames < 1) errors.Add($"{nameof(WindowStepFrames)} is {WindowStepFrames}, must be ≥ 1");
        if (FolderFrameRate is { IsKnown: false }) errors.Add($"{nameof(FolderFrameRate)} is no rate");
        if (FrameRate is { IsKnown: false }) errors.Add($"{nameof(FrameRate)} is no rate");
        if (FrameRate is not null && FrameStride != 1) errors.Add($"{nameof(FrameStride)} is {FrameStride}, must be 1 when {nameof(FrameRate)} is given");
        if (!Enum.IsDefined(WhenUnreadable)) errors.Add($"{nameof(WhenUnreadable)} is {WhenUnreadable}, no known response");
        if (MaximumAttempts is < 1 or > 4096) errors.Add($"{nameof(MaximumAttempts)} is {MaximumAttempts}, must be in [1, 4096]");
        return errors.Count == 0 ? this : throw new ArgumentException("ConditionClipOptions: " + string.Join("; ", errors) + ".");
    }
}
