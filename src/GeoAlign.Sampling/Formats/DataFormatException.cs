namespace GeoAlign.Sampling;

/// <summary>A list, manifest or configuration that breaks its format. The message starts with "file:line:" so that editors can jump to it.</summary>
/// <param name="path">File that was read.</param>
/// <param name="line">Line number from 1; 0 when no line is at fault.</param>
/// <param name="problem">What is wrong and what was expected.</param>
/// <param name="inner">Cause, if any.</param>
public sealed class DataFormatException(string path, int line, string problem, Exception? inner = null)
    : FormatException(line > 0 ? $"{path}:{line}: {problem}" : $"{path}: {problem}", inner)
{
    /// <summary>File that was read.</summary>
    public string Path { get; } = path;

    /// <summary>Line number from 1; 0 when no line is at fault.</summary>
    public int Line { get; } = line;
}
