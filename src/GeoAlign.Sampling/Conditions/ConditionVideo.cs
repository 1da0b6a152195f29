namespace GeoAlign.Sampling;

/// <summary>A video that conditions can be cut from, as a source lists it. Nothing of it has been read yet.</summary>
public sealed record ConditionVideo
{
    /// <summary>Name that differs from all others of its source and is the same on every machine: a name in a list, a path within a data set.</summary>
    public required string Name { get; init; }

    /// <summary>The file, or the folder of frames.</summary>
    public required string Path { get; init; }

    /// <summary>The part that may be used; null allows all of it.</summary>
    public SourceCut? Cut { get; init; }

    /// <summary>Rate of a folder of frames; null takes <see cref="ConditionClipOptions.FolderFrameRate"/>. Not used for a file.</summary>
    public FrameRate? FolderFrameRate { get; init; }

    /// <summary>Its prompt.</summary>
    public ConditionPrompt Prompt { get; init; } = ConditionPrompt.Missing("none was looked for");

    /// <summary>Its true camera path, where one was recorded.</summary>
    public RecordedCamera? Camera { get; init; }
}
