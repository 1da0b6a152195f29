using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace GeoAlign.Sampling;

/// <summary>Decodes video files and folders of PNG or JPEG frames with the ffmpeg program, through pipes, one frame in memory at a time.</summary>
/// <remarks>
/// Rotation metadata is applied here, not by ffmpeg; pixels that are not square are stretched; EXIF orientation of pictures is not read.
/// Frames are counted and taken as stored: a variable frame rate neither repeats nor drops any. Anything that ffmpeg calls an error makes the
/// whole video an error, because it would otherwise fill the gap with made-up pixels or leave frames out.
/// </remarks>
/// <param name="ffmpeg">The programs.</param>
public sealed class FfmpegFrameDecoder(FfmpegExecutable ffmpeg) : IFrameDecoder
{
    private readonly VideoProbe _probe = new(ffmpeg);
    private readonly FrameIndexes _indexes = new(ffmpeg);

    /// <inheritdoc/>
    public Task<VideoInfo> ProbeAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(path)) return _probe.ProbeAsync(path, cancellationToken);
        FrameFolder folder = FrameFolder.Open(path);
        return Task.FromResult(new VideoInfo { Path = path, Size = folder.Size, FrameCount = folder.Files.Count });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> DecodeAsync(
        VideoInfo video, FrameRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(video);
        ThrowIfNotMeaningful(request);

        bool isFolder = Directory.Exists(video.Path);
        string pictures = isFolder ? ConcatList(FrameFolder.Open(video.Path), request) : "";
        if (isFolder && pictures.Length == 0) yield break;
        FrameIndex? index = request is { MaySeek: true, Start: >= FrameIndex.WorthwhileFrames } && !isFolder ? await _indexes.OfAsync(video.Path, cancellationToken).ConfigureAwait(false) : null;
        double? jump = index is not null && request.Start < index.Times.Count ? index.SecondsBefore(request.Start) : null;
        int? expected = jump is null ? null : Math.Min(request.Count ?? int.MaxValue, (index!.Times.Count - request.Start - 1) / request.Stride + 1);

        List<string> filters = [.. expected is null ? Choice(request, isFolder) : Choice(request, index!, expected.Value), .. Geometry(video, request.Size)];
        if (!isFolder) filters.Add("setpts=N/TB");                            // a second each: the times of the file need not even increase
        IEnumerable<string> input = isFolder ? ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe", "-i", "pipe:0"] : File(video.Path, jump);
        IEnumerable<string> limit = !isFolder && (expected ?? request.Count) is { } count ? ["-frames:v", Invariant($"{count}")] : [];
        FfmpegProcess process = FfmpegProcess.Start(ffmpeg.FfmpegPath,
        [
            .. Common, .. input, .. limit, "-map", "0:V:0", "-fps_mode", "passthrough", "-vf", string.Join(',', filters), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
        ], cancellationToken, pictures);
        await using (process.ConfigureAwait(false))
        {
            byte[] frame = new byte[request.Size.Rgb24Bytes];
            int frames = 0, read;
            while ((read = await process.Output.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)) == frame.Length)
            {
                frames++;
                yield return frame;
            }

            (int exitCode, string errors) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (expected is not null && (exitCode != 0 || errors.Length > 0 || read > 0 || frames != expected)) throw new SeekFailedException(video.Path);
            ThrowIfFailed(video.Path, frames, exitCode, errors);
            if (read > 0) throw Damaged(video.Path, frames, $"(nothing; its output ended inside a frame, after {read} of {frame.Length} bytes)");
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Null for folders of pictures, for videos whose frames carry no times that increase, and, when nothing is to be decoded, for those whose
    /// container cannot be relied upon.
    /// </remarks>
    public async Task<FrameTimes?> ReadTimesAsync(VideoInfo video, bool decode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(video);
        if (Directory.Exists(video.Path)) return null;
        if (!decode) return (await _indexes.OfAsync(video.Path, cancellationToken).ConfigureAwait(false))?.Times;

        // One line a frame: stream, decoding time, showing time, … in the ticks that the line "#tb 0: 1/15360" names.
        FfmpegProcess process = FfmpegProcess.Start(ffmpeg.FfmpegPath,
        [
            .. Common, .. File(video.Path, null), "-map", "0:V:0", "-fps_mode", "passthrough", "-enc_time_base", "-1", "-vf", "scale=2:2", "-f", "framecrc", "pipe:1",
        ], cancellationToken);
        await using (process.ConfigureAwait(false))
        {
            List<long> times = [];
            FrameRate? ticks = null;
            bool increasing = true;
            using StreamReader lines = new(process.Output);
            while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith("#tb 0:", StringComparison.Ordinal)) ticks = FrameIndexes.TicksPerSecond(line[6..].Trim());
                if (line.StartsWith('#') || line.Split(',') is not { Length: > 3 } fields) continue;
                increasing &= long.TryParse(fields[2], CultureInfo.InvariantCulture, out long time) && (times.Count == 0 || time > times[^1]);
                times.Add(time);
            }

            (int exitCode, string errors) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (errors.Contains("non monotonically increasing dts", StringComparison.Ordinal)) return null;
            ThrowIfFailed(video.Path, times.Count, exitCode, errors);
            return increasing && times.Count > 0 && ticks is { } perSecond ? new FrameTimes(times, perSecond) : null;
        }
    }

    private static IEnumerable<string> Common => ["-nostdin", "-hide_banner", "-v", "error", "-xerror"];

    // A jump keeps times as they are in the file. A change of size or pixel format inside the file would build the filters anew, and their counting
    // of frames would start again.
    private static IEnumerable<string> File(string path, double? jumpSeconds) =>
    [
        .. jumpSeconds is { } seconds ? (string[])["-copyts", "-noaccurate_seek", "-seek_timestamp", "1", "-ss", seconds.ToString("F6", CultureInfo.InvariantCulture)] : [],
        "-noautorotate", "-reinit_filter", "0", "-i", Path.GetFullPath(path),
    ];

    private static IEnumerable<string> Choice(FrameRequest request, bool isFolder) => !isFolder && (request.Start > 0 || request.Stride > 1)
        ? [Invariant($"select='gte(n,{request.Start})*not(mod(n-{request.Start},{request.Stride}))'")]
        : [];

    // By time: where the first frame lies is known only by it. Variable 0 counts the frames from the first wanted one on; were one of them missing up to
    // the last, fewer would come out than expected.
    private static IEnumerable<string> Choice(FrameRequest request, FrameIndex index, int expected)
    {
        ReadOnlySpan<long> ticks = index.Times.Ticks.Span;
        long first = ticks[request.Start], last = ticks[request.Start + (expected - 1) * request.Stride];
        return [Invariant($"select='if(between(pts,{first},{last}),not(mod(st(0,ld(0)+1)-1,{request.Stride})))'")];
    }

    private static void ThrowIfFailed(string path, int frames, int exitCode, string errors)
    {
        if (FfmpegProcess.WasHindered(exitCode, errors))
        {
            string words = errors.Length > 0 ? $"hindered after {frames} frames: {errors.ReplaceLineEndings(" ")}" : $"killed after {frames} frames";
            throw new VideoException(path, $"could not be decoded: ffmpeg was {words} (exit code {exitCode}); this says nothing about the video.");
        }

        if (exitCode != 0 || errors.Length > 0) throw Damaged(path, frames, errors.Length > 0 ? errors : $"exit code {exitCode}");
    }

    private static VideoException Damaged(string path, int frames, string errors) => new(path,
        $"is damaged or cut off: {frames} frames came out whole, then ffmpeg said:{Environment.NewLine}{errors}{Environment.NewLine}"
        + "Copy or download it again; if it plays well, re-encode it (ffmpeg -i IN OUT.mp4); or leave it out.") { Kind = VideoProblem.Damaged };

    private static void ThrowIfNotMeaningful(FrameRequest request)
    {
        if (!request.Size.IsPositive || request.Start < 0 || request.Stride < 1 || request.Count < 1)
            throw new ArgumentException($"{request}: expected a positive size, start ≥ 0, stride ≥ 1 and count ≥ 1.", nameof(request));
    }

    // Turn upright, scale to cover, crop around the centre. Cropping acts on rgb24: on chroma-subsampled pictures it would snap to even pixels.
    // bilinear widens its filter when it shrinks (no aliasing); accurate_rnd and full_chroma_int switch off the fast, coarse conversions.
    private static IEnumerable<string> Geometry(VideoInfo video, FrameSize wanted)
    {
        switch (video.ClockwiseRotationDegrees)
        {
            case 90: yield return "transpose=clock"; break;
            case 180: yield return "hflip,vflip"; break;
            case 270: yield return "transpose=cclock"; break;
        }

        CoverCrop fit = CoverCrop.Fit(video.Size, wanted);
        yield return Invariant($"scale={fit.Scaled.Width}:{fit.Scaled.Height}:flags=bilinear+accurate_rnd+full_chroma_int+full_chroma_inp");
        yield return "format=rgb24";
        if (fit.Scaled != wanted) yield return Invariant($"crop={wanted.Width}:{wanted.Height}:{fit.Left}:{fit.Top}");
    }

    // The script of ffmpeg's concat reader; a duration for each picture keeps its clock running forward.
    private static string ConcatList(FrameFolder folder, FrameRequest request)
    {
        StringBuilder list = new();
        for (int i = request.Start, taken = 0; i < folder.Files.Count && taken < (request.Count ?? int.MaxValue); i += request.Stride, taken++)
        {
            string path = Path.GetFullPath(folder.Files[i]);
            if (path.Contains('\n', StringComparison.Ordinal)) throw new VideoException(path, "has a line break in its name; rename it.");
            list.Append("file 'file:").Append(path.Replace("'", @"'\''", StringComparison.Ordinal)).Append("'\nduration 1\n");
        }

        return list.Length == 0 ? "" : "ffconcat version 1.0\n" + list;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
