namespace GeoAlign.Models;

/// <summary>A tokenizer file that breaks its format. The message starts with the file and says what was expected.</summary>
/// <param name="path">File that was read.</param>
/// <param name="problem">What was found and what was expected.</param>
/// <param name="inner">Cause, if another exception reported it.</param>
public sealed class TokenizerFormatException(string path, string problem, Exception? inner = null)
    : FormatException($"{path}: {problem}", inner)
{
    /// <summary>File that was read.</summary>
    public string Path { get; } = path;
}
