namespace GeoAlign.Sampling;

/// <summary>A video that cannot be read or written. The message starts with its path and says what to do.</summary>
/// <param name="path">File or folder.</param>
/// <param name="problem">What is wrong and what was expected.</param>
/// <param name="inner">Cause, if any.</param>
public sealed class VideoException(string path, string problem, Exception? inner = null) : IOException($"{path}: {problem}", inner)
{
    /// <summary>File or folder.</summary>
    public string Path { get; } = path;

    /// <summary>The kind of trouble, for counting and for deciding what to do.</summary>
    public VideoProblem Kind { get; init; }

    /// <summary>For a draw that gave up: the videos it tried; empty otherwise.</summary>
    public IReadOnlyList<ClipRefusal> Refused { get; init; } = [];

    /// <summary>Whether the content itself is at fault, so that reading it again cannot help: what a quarantine list is for.</summary>
    public bool IsContentProblem => Kind is VideoProblem.Empty or VideoProblem.NotAVideo or VideoProblem.NoVideoStream or VideoProblem.Unsupported or VideoProblem.Damaged;
}
