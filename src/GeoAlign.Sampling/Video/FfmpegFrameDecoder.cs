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

        List<string> arguments = ["-nostdin", "-hide_banner", "-v", "error", "-xerror"];
        List<string> filters = [];
        string pictures = "";
        if (Directory.Exists(video.Path))
        {
            pictures = ConcatList(FrameFolder.Open(video.Path), request);
            if (pictures.Length == 0) yield break;
            arguments.AddRange(["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe", "-i", "pipe:0"]);
        }
        else
        {
            arguments.AddRange(["-noautorotate", "-i", Path.GetFullPath(video.Path)]);
            if (request.Start > 0 || request.Stride > 1) filters.Add(Invariant($"select='gte(n,{request.Start})*not(mod(n-{request.Start},{request.Stride}))'"));
            if (request.Count is { } count) arguments.AddRange(["-frames:v", Invariant($"{count}")]);
        }

        filters.AddRange(Geometry(video, request.Size));
        arguments.AddRange(["-map", "0:V:0", "-fps_mode", "passthrough", "-vf", string.Join(',', filters), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]);

        FfmpegProcess process = FfmpegProcess.Start(ffmpeg.FfmpegPath, arguments, cancellationToken, pictures);
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
            if (exitCode > 128 && errors.Length == 0)
                throw new VideoException(video.Path, $"could not be decoded: ffmpeg was killed after {frames} frames (exit code {exitCode}); this says nothing about the video.");
            if (exitCode != 0 || errors.Length > 0) throw Damaged(video.Path, frames, errors.Length > 0 ? errors : $"exit code {exitCode}");
            if (read > 0) throw Damaged(video.Path, frames, $"(nothing; its output ended inside a frame, after {read} of {frame.Length} bytes)");
        }
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
