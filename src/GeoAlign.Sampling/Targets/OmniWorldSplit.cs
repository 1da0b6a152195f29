using System.Globalization;

namespace GeoAlign.Sampling;

/// <summary>One continuous shot of an OmniWorld-Game scene.</summary>
/// <param name="Scene">Folder of the scene.</param>
/// <param name="SceneName">Its name within the data set.</param>
/// <param name="Split">Number of the split, from 0.</param>
/// <param name="FrameCount">Its frames.</param>
public sealed record OmniWorldSplit(string Scene, string SceneName, int Split, int FrameCount)
{
    /// <summary>Scene and split: "b0000000000a#1".</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{SceneName}#{Split}");
}
