namespace GeoAlign.Models;

/// <summary>A prompt file of a reward model that breaks its format, or whose text is not the one the model was trained with.</summary>
/// <param name="path">File that was read.</param>
/// <param name="problem">What was found and what was expected.</param>
/// <param name="inner">Cause, if another exception reported it.</param>
public sealed class PromptFormatException(string path, string problem, Exception? inner = null)
    : FormatException($"{path}: {problem}", inner)
{
    /// <summary>File that was read.</summary>
    public string Path { get; } = path;
}
