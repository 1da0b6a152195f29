namespace GeoAlign.Sampling;

/// <summary>A collection of condition videos: a folder, a list of cuts, a data set in its own layout.</summary>
public interface IConditionVideoSource
{
    /// <summary>Lists the videos. Their order depends on names and lists alone, for it is part of the key of every draw.</summary>
    /// <exception cref="DataFormatException">A list breaks its format; the message names file and line.</exception>
    /// <exception cref="VideoException">A file or folder is missing.</exception>
    IReadOnlyList<ConditionVideo> List();
}
