using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>A generated video.</summary>
/// <param name="Frames">The video.</param>
/// <param name="Latents">What it was decoded from, <c>[16, F, H/8, W/8]</c>.</param>
/// <param name="Shape">Size of the latents.</param>
public sealed record GeneratedVideo(VideoFrames Frames, ReadOnlyMemory<float> Latents, LatentShape Shape);
