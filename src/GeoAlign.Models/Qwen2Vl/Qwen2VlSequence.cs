namespace GeoAlign.Models;

/// <summary>A tokenised text and the images and videos that it mentions.</summary>
/// <param name="TokenIds">Ids without padding. Each image and video stands in it as that many image or video tokens as it makes.</param>
public sealed record Qwen2VlSequence(ReadOnlyMemory<int> TokenIds)
{
    /// <summary>Images, in the order of their tokens.</summary>
    public IReadOnlyList<Qwen2VlPatches> Images { get; init; } = [];

    /// <summary>Videos, in the order of their tokens.</summary>
    public IReadOnlyList<Qwen2VlPatches> Videos { get; init; } = [];
}
