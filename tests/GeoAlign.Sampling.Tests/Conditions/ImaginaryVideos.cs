using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace GeoAlign.Sampling.Tests.Conditions;

/// <summary>
/// A decoder without files: a video's name states its length ("a-20"), and every pixel of frame i is i. One whose name begins with "broken" is
/// damaged at its end.
/// </summary>
internal sealed class ImaginaryVideos : IFrameDecoder
{
    /// <summary>How often each video was decoded from end to end.</summary>
    public ConcurrentDictionary<string, int> WholeDecodings { get; } = new();

    public FrameRate Rate { get; init; } = new(30);

    public Task<VideoInfo> ProbeAsync(string path, CancellationToken cancellationToken = default) =>
        Task.FromResult(new VideoInfo { Path = path, Size = new FrameSize(4, 2), FrameRate = Rate });

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> DecodeAsync(
        VideoInfo video, FrameRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (request.Count is null) WholeDecodings.AddOrUpdate(video.Path, 1, (_, n) => n + 1);
        int length = int.Parse(Path.GetFileName(video.Path).Split('-', '.')[1], System.Globalization.CultureInfo.InvariantCulture);
        byte[] frame = new byte[request.Size.Rgb24Bytes];
        await Task.Yield();
        for (int i = request.Start, taken = 0; i < length && taken < (request.Count ?? int.MaxValue); i += request.Stride, taken++)
        {
            frame.AsSpan().Fill((byte)i);
            yield return frame;
        }

        if (Path.GetFileName(video.Path).StartsWith("broken", StringComparison.Ordinal) && (request.Count is null || request.Start + (request.Count - 1) * request.Stride >= length))
            throw new VideoException(video.Path, "is damaged at its end.") { Kind = VideoProblem.Damaged };
    }
}
