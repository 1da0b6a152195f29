using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GeoAlign.Sampling;

/// <summary>SHA-256 of files and of folders of frames: what a video is, whatever it is called and wherever it lies.</summary>
public sealed class ContentHash
{
    private readonly ConcurrentDictionary<string, (string Stamp, string Hash)> _known = new(StringComparer.Ordinal);

    /// <summary>Hash of a file's bytes, or of the names and bytes of a folder's frames; 64 hexadecimal digits. Kept until size or time of change differ.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<string> OfAsync(string path, CancellationToken cancellationToken = default)
    {
        string full = Path.GetFullPath(path);
        string[] files = Directory.Exists(full) ? Frames(full) : [full];
        string stamp = Stamp(files);
        if (_known.TryGetValue(full, out (string Stamp, string Hash) known) && known.Stamp == stamp) return known.Hash;

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            if (Directory.Exists(full)) hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(file)}\n{new FileInfo(file).Length}\n"));
            await AppendAsync(hash, file, cancellationToken).ConfigureAwait(false);
        }

        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        _known[full] = (stamp, found);
        return found;
    }

    /// <summary>
    /// Hash of what a clip is: the content of its video, the frames taken, the size they were scaled and cropped to, and the rate. A part of the
    /// cache key of everything computed from the clip.
    /// </summary>
    /// <exception cref="IOException">The video cannot be read.</exception>
    public async Task<string> OfClipAsync(ConditionClip clip, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        string content = await OfAsync(clip.Path, cancellationToken).ConfigureAwait(false);
        string frames = string.Join(' ', clip.SourceFrames.Select(f => f.ToString(CultureInfo.InvariantCulture)));
        return CacheKey.Of(("video", content), ("frames", frames), ("size", $"{clip.Video.Size} scaled to cover, cropped around the centre"),
            ("rate", clip.Video.FrameRate.ToString())).Hash;
    }

    private static string[] Frames(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(FrameFolder.IsPicture).OrderBy(f => Path.GetFileName(f), NaturalOrder.Instance)];

    private static string Stamp(string[] files)
    {
        StringBuilder stamp = new();
        foreach (string file in files)
        {
            FileInfo info = new(file);
            stamp.Append(info.Name).Append('|').Append(info.Length).Append('|').Append(info.LastWriteTimeUtc.Ticks).Append('\n');
        }

        return stamp.ToString();
    }

    private static async Task AppendAsync(IncrementalHash hash, string file, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            FileStream stream = File.OpenRead(file);
            await using (stream.ConfigureAwait(false))
            {
                int read;
                while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0) hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
