namespace GeoAlign.Sampling;

/// <summary>The clips of a <see cref="DataConfiguration"/>; defaults are those of <see cref="ConditionClipOptions"/>.</summary>
public sealed record ClipConfiguration
{
    /// <summary>Frames per clip and per target path.</summary>
    public int Frames { get; set; } = 81;

    /// <summary>Columns.</summary>
    public int Width { get; set; } = 832;

    /// <summary>Rows.</summary>
    public int Height { get; set; } = 480;

    /// <summary>Rate of the clips, such as "16" or "30000/1001"; left out, each video keeps its own.</summary>
    public string? FrameRate { get; set; }

    /// <summary>Every how many-th frame is taken, where no rate is given.</summary>
    public int FrameStride { get; set; } = 1;

    /// <summary>Distance between the frames where a clip may start.</summary>
    public int WindowStepFrames { get; set; } = 1;

    /// <summary>Rate of folders of frames.</summary>
    public string? FolderFrameRate { get; set; }

    /// <summary>What a draw does when it hits a video that cannot be used. Default here: it draws again and says so.</summary>
    public UnreadableClipResponse WhenUnreadable { get; set; } = UnreadableClipResponse.Redraw;

    /// <summary>Videos tried before a draw gives up.</summary>
    public int MaximumAttempts { get; set; } = 16;

    internal ConditionClipOptions ToOptions() => new()
    {
        FrameCount = Frames,
        Size = new FrameSize(Width, Height),
        FrameRate = FrameRate is null ? null : Sampling.FrameRate.Parse(FrameRate),
        FrameStride = FrameStride,
        WindowStepFrames = WindowStepFrames,
        FolderFrameRate = FolderFrameRate is null ? null : Sampling.FrameRate.Parse(FolderFrameRate),
        WhenUnreadable = WhenUnreadable,
        MaximumAttempts = MaximumAttempts,
    };
}
