namespace GeoAlign.Sampling;

/// <summary>A video that cannot be read or written. The message starts with its path and says what to do.</summary>
/// <param name="path">File or folder.</param>
/// <param name="problem">What is wrong and what was expected.</param>
/// <param name="inner">Cause, if any.</param>
public sealed class VideoException(string path, string problem, Exception? inner = null) : IOException($"{path}: {problem}", inner)
{
    /// <summary>File or folder.</summary>
    public string Path { get; } = path;
}
