namespace GeoAlign.Models;

/// <summary>A weight file that breaks its format. The message names the file and, where it is known, the tensor.</summary>
/// <param name="path">File that was read.</param>
/// <param name="tensor">Tensor at fault, or null when the file as a whole is.</param>
/// <param name="problem">What was expected and what was found.</param>
/// <param name="inner">Cause, if another exception reported it.</param>
public sealed class WeightFormatException(string path, string? tensor, string problem, Exception? inner = null)
    : FormatException(tensor is null ? $"{path}: {problem}" : $"{path}: tensor '{Shorten(tensor)}': {problem}", inner)
{
    private const int LongestNameShown = 200;

    /// <summary>File that was read.</summary>
    public string Path { get; } = path;

    /// <summary>Tensor at fault, or null.</summary>
    public string? Tensor { get; } = tensor;

    private static string Shorten(string name) => name.Length <= LongestNameShown ? name : name[..LongestNameShown] + "…";
}
