using System.Text.Json;

namespace GeoAlign.Sampling;

/// <summary>
/// The list of videos that were found unreadable, one JSON object a line. A video on it is not tried again; it is never left out silently
/// either: every draw that would have used it says so. Safe to use from several threads, and one file from several processes.
/// </summary>
/// <remarks>
/// An entry counts for its content, not for its name: a repaired file is used again at once, and a copy elsewhere is known to be bad. To give
/// a video another try, delete its line.
/// </remarks>
public sealed class ClipQuarantine
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, QuarantineEntry> _byHash = new(StringComparer.Ordinal);
    private readonly List<QuarantineEntry> _entries = [];
    private readonly string? _file;

    private ClipQuarantine(string? file, DateOnly date) => (_file, Date) = (file, date);

    /// <summary>Day that new entries get.</summary>
    public DateOnly Date { get; }

    /// <summary>The entries, in the order of their finding.</summary>
    public IReadOnlyList<QuarantineEntry> Entries
    {
        get
        {
            lock (_gate) return [.. _entries];
        }
    }

    /// <summary>Reads a list, or begins one.</summary>
    /// <param name="file">The list; it need not exist.</param>
    /// <param name="date">Day that new entries get. This library does not look at the clock.</param>
    /// <exception cref="DataFormatException">A line is no entry.</exception>
    public static ClipQuarantine Open(string file, DateOnly date)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ClipQuarantine quarantine = new(file, date);
        if (!File.Exists(file)) return quarantine;
        foreach ((int line, string text) in TextLines.NotBlank(file)) quarantine.Keep(SamplingJson.ReadLine(text, SamplingJsonContext.Default.QuarantineEntry, file, line));
        return quarantine;
    }

    /// <summary>A list in memory only.</summary>
    public static ClipQuarantine InMemory(DateOnly date) => new(null, date);

    /// <summary>The entry for a content; null when it is not in quarantine.</summary>
    public QuarantineEntry? Find(string sha256)
    {
        lock (_gate) return _byHash.GetValueOrDefault(sha256);
    }

    /// <summary>Puts a video on the list and appends the line to the file at once. A content already on it stays as it is.</summary>
    public void Add(QuarantineEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            if (!Keep(entry) || _file is null) return;
            string? folder = Path.GetDirectoryName(Path.GetFullPath(_file));
            if (folder is not null) Directory.CreateDirectory(folder);
            Append(JsonSerializer.SerializeToUtf8Bytes(entry, SamplingJsonContext.Default.QuarantineEntry));
        }
    }

    // Another rank may be writing at this moment; a line takes it far less than the time of all attempts together.
    private void Append(byte[] line)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using FileStream file = new(_file!, FileMode.Append, FileAccess.Write, FileShare.None);
                file.Write([.. line, (byte)'\n']);
                return;
            }
            catch (IOException) when (attempt < 100)
            {
                Thread.Sleep(20);
            }
        }
    }

    private bool Keep(QuarantineEntry entry)
    {
        if (!_byHash.TryAdd(entry.Sha256, entry)) return false;
        _entries.Add(entry);
        return true;
    }
}
