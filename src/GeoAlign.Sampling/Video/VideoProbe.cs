using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Sampling;

/// <summary>Asks ffprobe for the size, rate and rotation of a video file, without decoding it.</summary>
/// <param name="ffmpeg">The programs.</param>
public sealed class VideoProbe(FfmpegExecutable ffmpeg)
{
    private static readonly string[] Lists = ["hls", "concat", "concatf", "dash", "imf", "sdp", "image2"];

    /// <summary>Reads the header of a video file.</summary>
    /// <exception cref="VideoException">No such file, no video in it, or a picture that is mirrored or turned by odd angles.</exception>
    public async Task<VideoInfo> ProbeAsync(string path, CancellationToken cancellationToken = default)
    {
        ThrowUnlessReadable(path);
        FfmpegProcess process = FfmpegProcess.Start(ffmpeg.FfprobePath,
        [
            "-v", "error", "-select_streams", "V:0",                          // V: no cover pictures
            "-show_entries", "stream=width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate:stream_side_data=displaymatrix:format=format_name",
            "-of", "json", Path.GetFullPath(path),
        ], cancellationToken);
        await using (process.ConfigureAwait(false))
        {
            using MemoryStream json = new();
            await process.Output.CopyToAsync(json, cancellationToken).ConfigureAwait(false);
            (int exitCode, string errors) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (FfmpegProcess.WasHindered(exitCode, errors))
            {
                string words = errors.Length > 0 ? $"hindered: {errors.ReplaceLineEndings(" ")}" : "killed";
                throw new VideoException(path, $"could not be looked at: ffprobe was {words} (exit code {exitCode}); this says nothing about the video.");
            }

            if (exitCode != 0)
                throw new VideoException(path, $"is no video that ffmpeg can read, or is cut off. ffprobe said:{Environment.NewLine}{errors}") { Kind = VideoProblem.NotAVideo };

            using JsonDocument document = JsonDocument.Parse(json.GetBuffer().AsMemory(0, (int)json.Length));
            ThrowIfNotOneVideo(path, document.RootElement);
            if (!document.RootElement.TryGetProperty("streams", out JsonElement streams) || streams.GetArrayLength() == 0)
                throw new VideoException(path, "holds no video stream.") { Kind = VideoProblem.NoVideoStream };
            return Describe(path, streams[0]);
        }
    }

    // A text that names other files has a content, and so a hash, of its own, which says nothing of the pictures.
    private static void ThrowIfNotOneVideo(string path, JsonElement root)
    {
        string name = root.TryGetProperty("format", out JsonElement format) ? Text(format, "format_name") ?? "" : "";
        if (name.Split(',').Intersect(Lists).Any())
            throw new VideoException(path, $"is a list of other files ({name}), not a video; give the files themselves, or make one video of them.") { Kind = VideoProblem.NotAVideo };
        if (name == "webp_pipe" && IsAnimatedWebP(path))
            throw new VideoException(path, "is an animated WebP, of which this ffmpeg reads nothing but the first picture; make a video or a GIF of it.") { Kind = VideoProblem.Unsupported };
    }

    // RIFF container specification of WebP: the extended header "VP8X" with bit 1 of its flags.
    private static bool IsAnimatedWebP(string path)
    {
        Span<byte> start = stackalloc byte[21];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[8..16].SequenceEqual("WEBPVP8X"u8) && (start[20] & 2) != 0;
    }

    // Before ffprobe: its words about a file that cannot be opened depend on its version.
    private static void ThrowUnlessReadable(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.CanSeek && file.Length == 0) throw new VideoException(path, "is empty (0 bytes); copy or download it again.") { Kind = VideoProblem.Empty };
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VideoException(path, "there is no such file or folder.", error) { Kind = VideoProblem.Missing };
        }
        catch (UnauthorizedAccessException error)
        {
            throw new VideoException(path, "may not be read by this user; change its permissions.", error) { Kind = VideoProblem.NoPermission };
        }
    }

    private static VideoInfo Describe(string path, JsonElement stream)
    {
        int width = Whole(stream, "width"), height = Whole(stream, "height");
        if (width <= 0 || height <= 0) throw new VideoException(path, "the size of its frames is not known; the file is damaged or cut off.") { Kind = VideoProblem.Damaged };

        if (!FrameRate.TryParse(Text(stream, "avg_frame_rate"), out FrameRate rate) && !FrameRate.TryParse(Text(stream, "r_frame_rate"), out rate))
            throw new VideoException(path, "the container states no frame rate; re-encode the file with one.") { Kind = VideoProblem.Unsupported };

        int rotation = ClockwiseRotation(path, stream);
        FrameSize shown = new(SquarePixelWidth(width, Text(stream, "sample_aspect_ratio")), height);
        return new VideoInfo
        {
            Path = path,
            Size = rotation is 90 or 270 ? new(shown.Height, shown.Width) : shown,
            FrameRate = rate,
            ClockwiseRotationDegrees = rotation,
        };
    }

    // Pixels that are not square ("4:3") stretch the picture in width.
    private static int SquarePixelWidth(int width, string? aspect)
    {
        string[] parts = (aspect ?? "").Split(':');
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int across) && across > 0
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int down) && down > 0
            ? Math.Max(1, (int)Math.Round((double)width * across / down))
            : width;
    }

    // The display matrix maps stored (x, y) to shown (x, y) with row vectors: its upper left block [[a, b], [c, d]] is a turn by the
    // clockwise angle whose cosine is a and whose sine is b, the y axis pointing down.
    private static int ClockwiseRotation(string path, JsonElement stream)
    {
        if (!stream.TryGetProperty("side_data_list", out JsonElement list)) return 0;
        foreach (JsonElement data in list.EnumerateArray())
        {
            if (Text(data, "displaymatrix") is not { } matrix) continue;
            int[] values = [.. matrix.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .SelectMany(row => row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            if (values.Length != 9) throw new VideoException(path, $"has a display matrix of {values.Length} numbers, expected 9.") { Kind = VideoProblem.Damaged };
            return (Math.Sign(values[0]), Math.Sign(values[1]), Math.Sign(values[3]), Math.Sign(values[4])) switch
            {
                (1, 0, 0, 1) => 0,
                (0, 1, -1, 0) => 90,
                (-1, 0, 0, -1) => 180,
                (0, -1, 1, 0) => 270,
                _ => throw new VideoException(path, "is to be shown mirrored or turned by an odd angle; re-encode it upright ('ffmpeg -i IN OUT' does).") { Kind = VideoProblem.Unsupported },
            };
        }

        return 0;
    }

    private static int Whole(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
