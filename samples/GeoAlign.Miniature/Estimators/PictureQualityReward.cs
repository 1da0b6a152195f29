using System.Collections.Immutable;
using GeoAlign.Rewards;
using Microsoft.ML.OnnxRuntime;

namespace GeoAlign.Miniature;

/// <summary>How much the generated frames of a video look like pictures of the room at all, wherever they were taken from: the miniature's perceptual reward.</summary>
/// <remarks>The mean score of the frames after the first, which was given and not generated. The file is one of <see cref="QualityModelFile"/>.</remarks>
internal sealed class PictureQualityReward : IReward, IDisposable
{
    private const int Side = 16, FrameLength = 3 * Side * Side;

    private readonly InferenceSession _session;

    /// <summary>Opens the network.</summary>
    /// <param name="path">File of <see cref="QualityModelFile"/>.</param>
    /// <param name="threads">Threads of the network.</param>
    public PictureQualityReward(string path, int threads = 1)
    {
        using SessionOptions options = new() { IntraOpNumThreads = threads };
        _session = new InferenceSession(path, options);
    }

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions { get; } =
        [new("picture", "1", "Minus the distance of the generated frames from pictures of the room, root mean square in values from -1 to 1.")];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A video is not 16×16 or has no frame after the first.</exception>
    public ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rollouts);
        cancellationToken.ThrowIfCancellationRequested();
        int frames = 0;
        foreach (VideoRollout rollout in rollouts) frames += GeneratedFrames(rollout.Frames);

        float[] pictures = new float[frames * FrameLength];
        int at = 0;
        foreach (VideoRollout rollout in rollouts)
        {
            for (int k = 1; k < rollout.Frames.FrameCount; k++, at += FrameLength)
                FramePixels.FromRgb24(rollout.Frames.Frame(k), pictures.AsSpan(at, FrameLength));
        }

        float[] scores = frames == 0 ? [] : Run(pictures, frames);
        var results = new ImmutableArray<RewardScore>[rollouts.Count];
        int first = 0;
        for (int i = 0; i < results.Length; i++)
        {
            int count = rollouts[i].Frames.FrameCount - 1;
            results[i] = [Mean(scores.AsSpan(first, count))];
            first += count;
        }

        return ValueTask.FromResult<IReadOnlyList<ImmutableArray<RewardScore>>>(results);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private float[] Run(float[] pictures, int frames)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pictures, [frames, 3, Side, Side]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [QualityModelFile.Input], [input], [QualityModelFile.Output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static RewardScore Mean(ReadOnlySpan<float> scores)
    {
        double sum = 0;
        foreach (float score in scores) sum += score;
        return double.IsFinite(sum) ? RewardScore.Of(sum / scores.Length) : RewardScore.Missing("the picture network gave a score that is not finite");
    }

    private static int GeneratedFrames(VideoFrames video) => video is { WidthPixels: Side, HeightPixels: Side, FrameCount: > 1 }
        ? video.FrameCount - 1
        : throw new ArgumentException($"A video of {video.FrameCount} frames of {video.WidthPixels}×{video.HeightPixels} pixels; expected at least 2 of {Side}×{Side}.", nameof(video));
}
