using GeoAlign.Geometry;
using GeoAlign.Models;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>One condition of a run: the clip, the path asked for, and what the network made of both.</summary>
/// <param name="Network">What the network needs, prepared once; disposed with the condition.</param>
/// <param name="Clip">The condition video.</param>
/// <param name="Target">The path asked for, from its first frame, metres.</param>
/// <param name="Source">The condition video's own path: recorded, or as the pose estimator sees it.</param>
/// <param name="Prompt">What the video shows; empty when nothing reads prompts.</param>
/// <param name="Label">Clip, camera and drawn speeds, for logs.</param>
internal sealed record TrainingCondition(
    RedirectorCondition Network, VideoClip Clip, CameraTrajectory Target, CameraTrajectory Source, string Prompt, string Label) : IDisposable
{
    public void Dispose() => Network.Dispose();
}
