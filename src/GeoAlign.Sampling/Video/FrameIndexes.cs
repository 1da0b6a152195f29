using System.Globalization;

namespace GeoAlign.Sampling;

/// <summary>Reads the lists of frames of files with ffprobe, and keeps those used last while their files do not change.</summary>
internal sealed class FrameIndexes(FfmpegExecutable ffmpeg)
{
    private const int Kept = 32;

    // Containers that list the time of every frame, and codecs whose key frames refresh every picture after them.
    private static readonly string[] Containers = ["mov", "mp4", "matroska", "webm"], Codecs = ["h264", "hevc", "vp9", "av1", "mjpeg", "prores", "dnxhd"];

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Path, string Stamp, FrameIndex? Index)> _known = [];

    /// <summary>The list of a file; null when it has none that can be relied upon: the container keeps no such list, times are missing or not unique, or it is damaged.</summary>
    public async Task<FrameIndex?> OfAsync(string path, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path), stamp = ContentHash.StampOf(full);
        lock (_gate)
        {
            for (LinkedListNode<(string Path, string Stamp, FrameIndex? Index)>? node = _known.First; node is not null; node = node.Next)
            {
                if (node.Value.Path != full || node.Value.Stamp != stamp) continue;
                _known.Remove(node);
                _known.AddFirst(node);
                return node.Value.Index;
            }
        }

        FrameIndex? index = await ReadAsync(full, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _known.AddFirst((full, stamp, index));
            if (_known.Count > Kept) _known.RemoveLast();
        }

        return index;
    }

    private async Task<FrameIndex?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        FfmpegProcess process = FfmpegProcess.Start(ffmpeg.FfprobePath,
        [
            "-v", "error", "-fflags", "+nofillin+noparse",                    // the container's own words, whatever the pictures hold
            "-select_streams", "V:0", "-show_entries", "packet=pts,flags:stream=codec_name,time_base:format=format_name", "-of", "compact", path,
        ], cancellationToken);
        await using (process.ConfigureAwait(false))
        {
            List<(long Time, bool IsKey)> frames = [];
            string? codec = null, containers = null;
            FrameRate? ticks = null;
            bool complete = true;
            using StreamReader lines = new(process.Output);
            while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                switch (line.Split('|', 2)[0])
                {
                    case "packet":
                        string flags = Value(line, "flags") ?? "";
                        if (flags.Contains('D', StringComparison.Ordinal)) break;               // decoded, but cut off by an edit list
                        complete &= long.TryParse(Value(line, "pts"), CultureInfo.InvariantCulture, out long time);
                        frames.Add((time, flags.Contains('K', StringComparison.Ordinal)));
                        break;
                    case "stream":
                        (codec, ticks) = (Value(line, "codec_name"), TicksPerSecond(Value(line, "time_base")));
                        break;
                    case "format":
                        containers = Value(line, "format_name");
                        break;
                }
            }

            (int exitCode, string errors) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (exitCode != 0 || errors.Length > 0 || !complete || frames.Count == 0 || ticks is not { } perSecond || codec is null) return null;
            if (codec == "vp8" || !(containers ?? "").Split(',').Intersect(Containers).Any()) return null;      // some packets of VP8 hold no frame to show
            frames.Sort();
            for (int i = 1; i < frames.Count; i++) if (frames[i].Time == frames[i - 1].Time) return null;
            return new FrameIndex(new FrameTimes(frames.Select(f => f.Time), perSecond), [.. frames.Select(f => f.IsKey)], Codecs.Contains(codec));
        }
    }

    /// <summary>Ticks per second from a length of a tick such as "1/15360".</summary>
    public static FrameRate? TicksPerSecond(string? timeBase) =>
        timeBase?.Split('/') is [string over, string under] && FrameRate.TryParse($"{under}/{over}", out FrameRate rate) ? rate : null;

    // A value of a line such as "packet|pts=512|flags=K_".
    private static string? Value(string line, string name)
    {
        foreach (string part in line.Split('|'))
            if (part.StartsWith(name, StringComparison.Ordinal) && part.Length > name.Length && part[name.Length] == '=') return part[(name.Length + 1)..];
        return null;
    }
}
