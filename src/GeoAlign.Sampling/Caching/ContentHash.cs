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
        string[] files = FilesOf(full);
        string stamp = Stamp(files);
        if (_known.TryGetValue(full, out (string Stamp, string Hash) known) && known.Stamp == stamp) return known.Hash;

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            if (Directory.Exists(full)) hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(file)}\n{Content(file).Length}\n"));
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

    /// <summary>Names, sizes and times of change of what a video consists of: a change of content without one of these is not noticed.</summary>
    internal static string StampOf(string path) => Stamp(FilesOf(Path.GetFullPath(path)));

    private static string[] FilesOf(string path) => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path).Where(FrameFolder.IsPicture).OrderBy(f => Path.GetFileName(f), NaturalOrder.Instance)]
        : [path];

    private static string Stamp(string[] files)
    {
        StringBuilder stamp = new();
        foreach (string file in files)
        {
            FileInfo content = Content(file);
            stamp.Append(Path.GetFileName(file)).Append('|');
            if (content.Exists) stamp.Append(content.Length).Append('|').Append(content.LastWriteTimeUtc.Ticks);
            stamp.Append('\n');
        }

        return stamp.ToString();
    }

    // Size and time of a link are its own, not those of what it stands for.
    private static FileInfo Content(string file)
    {
        FileInfo info = new(file);
        return info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
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
