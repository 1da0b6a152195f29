using System.Globalization;

namespace GeoAlign.Sampling;

/// <summary>A clip of Sekai, the paper's "CityWalk": part of a public walking video, named <c>ID_START_END</c> in frames at 30 per second.</summary>
/// <param name="Line">Line of the list.</param>
/// <param name="VideoId">Id of the video; may itself hold '_' and '-'.</param>
/// <param name="StartFrame">First frame.</param>
/// <param name="EndFrame">Frame after the last.</param>
/// <param name="Caption">Text of the column "caption"; null where the list has none.</param>
public sealed record SekaiEntry(int Line, string VideoId, long StartFrame, long EndFrame, string? Caption)
{
    /// <summary>The name without extension: id, start and end, seven digits each.</summary>
    public string ClipName => string.Create(CultureInfo.InvariantCulture, $"{VideoId}_{StartFrame:0000000}_{EndFrame:0000000}");

    /// <summary>Frames of the clip at 30 per second.</summary>
    public long FrameCount => EndFrame - StartFrame;
}
