using System.Globalization;

namespace GeoAlign.Sampling;

/// <summary>Writes clips with ffmpeg. What is being written appears under its final name only when it is complete.</summary>
/// <param name="ffmpeg">The programs.</param>
public sealed class VideoWriter(FfmpegExecutable ffmpeg)
{
    /// <summary>Writes with the ffmpeg that <see cref="FfmpegExecutable.Find()"/> finds.</summary>
    /// <exception cref="FfmpegNotFoundException">ffmpeg is not installed.</exception>
    public VideoWriter()
        : this(FfmpegExecutable.Find())
    {
    }

    /// <summary>Told about every frame that an encoder has taken; null for nobody.</summary>
    public IProgress<VideoProgress>? Progress { get; init; }

    /// <summary>Writes H.264 in MP4: yuv420p, BT.709 colours (marked as such), header first. Plays everywhere, including browsers.</summary>
    /// <param name="clip">What to write; width and height must be even.</param>
    /// <param name="path">Final name; an existing file is replaced.</param>
    /// <param name="constantRateFactor">x264's quality, 0 (best) to 51; 12 is close to lossless, 23 is small.</param>
    /// <param name="cancellationToken">Stops; nothing is left behind.</param>
    /// <exception cref="VideoException">Odd size, or ffmpeg failed.</exception>
    public Task WriteMp4Async(VideoClip clip, string path, int constantRateFactor = 18, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentOutOfRangeException.ThrowIfNegative(constantRateFactor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(constantRateFactor, 51);
        if (clip.Width % 2 != 0 || clip.Height % 2 != 0)
            throw new VideoException(path, $"frames of {clip.Size} pixels cannot become yuv420p video, which needs even sizes; crop or pad by a pixel.");

        return AtomicOutput.WriteFileAsync(path, temporary => EncodeAsync(clip, path,
        [
            "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp",
            "-c:v", "libx264", "-crf", constantRateFactor.ToString(CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            "-movflags", "+faststart", "-f", "mp4", temporary,
        ], null, cancellationToken));
    }

    /// <summary>Writes an endless GIF with a palette of its own.</summary>
    /// <remarks>GIF counts in hundredths of a second: 16 frames per second are shown as 6 and 7 hundredths in turn.</remarks>
    /// <param name="clip">What to write; any size.</param>
    /// <param name="path">Final name; an existing file is replaced.</param>
    /// <param name="cancellationToken">Stops; nothing is left behind.</param>
    /// <exception cref="VideoException">ffmpeg failed.</exception>
    public Task WriteGifAsync(VideoClip clip, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return AtomicOutput.WriteFileAsync(path, temporary => EncodeAsync(clip, path,
            ["-vf", "split[a][b];[a]palettegen[p];[b][p]paletteuse", "-loop", "0", "-f", "gif", temporary], null, cancellationToken));
    }

    /// <summary>Writes lossless frames 00000.png, 00001.png, … into a new folder.</summary>
    /// <exception cref="VideoException">The folder exists already, or ffmpeg failed.</exception>
    public Task WritePngFramesAsync(VideoClip clip, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return AtomicOutput.WriteFolderAsync(folder, temporary => EncodeAsync(clip, folder,
            ["-f", "image2", "-start_number", "0", "%05d.png"], temporary, cancellationToken));
    }

    /// <summary>Writes the only frame of a clip as a PNG picture.</summary>
    /// <param name="picture">A clip of one frame.</param>
    /// <param name="path">Final name; an existing file is replaced.</param>
    /// <param name="cancellationToken">Stops; nothing is left behind.</param>
    /// <exception cref="ArgumentException">More than one frame.</exception>
    /// <exception cref="VideoException">ffmpeg failed.</exception>
    public Task WritePngAsync(VideoClip picture, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.FrameCount != 1) throw new ArgumentException($"{picture.FrameCount} frames are no picture; expected one.", nameof(picture));
        return AtomicOutput.WriteFileAsync(path, temporary => EncodeAsync(picture, path, ["-c:v", "png", "-f", "image2", "-update", "1", temporary], null, cancellationToken));
    }

    private async Task EncodeAsync(VideoClip clip, string path, string[] output, string? workingDirectory, CancellationToken cancellationToken)
    {
        FfmpegProcess process = FfmpegProcess.Start(ffmpeg.FfmpegPath,
        [
            "-hide_banner", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
            "-s", string.Create(CultureInfo.InvariantCulture, $"{clip.Width}x{clip.Height}"), "-r", clip.FrameRate.ToString(), "-i", "pipe:0", .. output,
        ], cancellationToken, script: null, workingDirectory);
        await using (process.ConfigureAwait(false))
        {
            IOException? broken = null;
            try
            {
                for (int i = 0; i < clip.FrameCount; i++)
                {
                    await process.Input.WriteAsync(clip.Frame(i), cancellationToken).ConfigureAwait(false);
                    Progress?.Report(new VideoProgress(path, i + 1, clip.FrameCount));
                }

                process.Input.Close();
            }
            catch (IOException error)
            {
                broken = error;                                               // the encoder has gone; its own words follow below
            }

            (int exitCode, string errors) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (exitCode != 0 || broken is not null)
                throw new VideoException(path, $"could not be written. ffmpeg said:{Environment.NewLine}{errors}", broken);
        }
    }
}
