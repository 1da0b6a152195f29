using System.Globalization;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Opens the condition videos and target paths of a run.</summary>
internal static class ConditionData
{
    /// <summary>The sampler of a data configuration, or of the videos and the path file that were named.</summary>
    /// <param name="settings">The run's settings.</param>
    /// <param name="cameras">Estimates the clips' own camera paths.</param>
    /// <param name="messages">Told about damaged cache entries.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<ConditionSampler> OpenAsync(TrainSettings settings, ISourceCameraEstimator cameras, TextWriter messages, CancellationToken stop)
    {
        VideoReader reader = new();
        if (settings.Data is { } data)
            return (data with { RequireSourceCamera = true }).Open(reader, DateOnly.FromDateTime(DateTime.Today), cameras, line => messages.WriteLine("note: " + line));

        FrameRate? rate = settings.FramesPerSecond is { } fps ? FrameRate.Parse(fps.ToString(CultureInfo.InvariantCulture)) : null;
        ConditionClipSource clips = new(settings.Videos, new ConditionClipOptions
        {
            FrameCount = settings.Frames,
            Size = new FrameSize(settings.Width, settings.Height),
            FolderFrameRate = rate,
        }, reader);
        if (rate is null && clips.Paths.FirstOrDefault(Directory.Exists) is { } folder)
            throw new ArgumentException($"{folder} is a folder of frames, which has no frame rate of its own; give one with --fps.");
        await clips.CheckAsync(stop);
        TargetPathSource targets = TargetPathSource.FromReCamMasterJson(
            settings.Paths, new TargetPathOptions { FrameCount = settings.Frames }, settings.Cameras.Count == 0 ? null : settings.Cameras);
        return new ConditionSampler(clips, targets, new SourceCameras(cameras)) { RequireSourceCamera = true };
    }
}
