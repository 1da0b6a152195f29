using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeoAlign.Grpo;

/// <summary>
/// Checkpoints as folders that are either whole or not there. Data are written and sent to the disk first, then a manifest with the length and SHA-256 of every file,
/// then the folder is renamed to its final name: a crash at any point leaves the earlier checkpoints as they were. A checkpoint that replaces one of the same
/// iteration, as after a roll-back, is whole before the old one goes.
/// </summary>
public sealed class CheckpointStore : ICheckpointStore
{
    private const string Prefix = "iteration-", Unfinished = ".unfinished-", Manifest = "manifest.json", State = "state.json";
    private const int Format = 1;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    private readonly string _root;
    private readonly CheckpointOptions _options;
    private readonly IFileOperations _files;
    private readonly List<SkippedCheckpoint> _skipped = [];

    /// <summary>A store in a folder.</summary>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="options">How checkpoints are kept; null for the defaults.</param>
    public CheckpointStore(string folder, CheckpointOptions? options = null)
        : this(folder, options ?? new CheckpointOptions(), new DurableFiles())
    {
    }

    internal CheckpointStore(string folder, CheckpointOptions options, IFileOperations files)
    {
        if (options.KeepNewest < 1) throw new ArgumentOutOfRangeException(nameof(options), $"{nameof(options.KeepNewest)} is {options.KeepNewest}, must be ≥ 1.");
        if (options.KeepEvery is int every && every < 1) throw new ArgumentOutOfRangeException(nameof(options), $"{nameof(options.KeepEvery)} is {every}, must be ≥ 1 or absent.");
        (_root, _options, _files) = (Path.GetFullPath(folder), options, files);
    }

    /// <summary>Checkpoints the last <see cref="Restore"/> passed over, newest first, with the reason.</summary>
    public IReadOnlyList<SkippedCheckpoint> Skipped => _skipped;

    /// <summary>Settings that differ from those of the restored checkpoint, when that is allowed; one line each.</summary>
    public IReadOnlyList<string> ChangedSettings { get; private set; } = [];

    /// <inheritdoc/>
    /// <exception cref="CheckpointSettingsException">The newest valid checkpoint belongs to other settings.</exception>
    /// <exception cref="InvalidDataException">There are checkpoints, but none is valid: starting over without a word would be worse than stopping.</exception>
    public TrainerState? Restore(IPolicyOptimizer optimizer, GrpoOptions options)
    {
        _skipped.Clear();
        ChangedSettings = [];
        JsonNode now = SettingsDifference.Describe(options);        // settings that cannot be written stop the run here, not at its first checkpoint
        foreach (string folder in Checkpoints().Concat(Nameless()).OrderByDescending(IterationOf))
        {
            if (Problem(folder) is string reason)
            {
                _skipped.Add(new SkippedCheckpoint(folder, reason));
                continue;
            }

            JsonNode saved = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, State)))!;
            IReadOnlyList<string> differences = SettingsDifference.Between(saved["settings"]!, now);
            if (differences.Count > 0 && !_options.AllowChangedSettings) throw new CheckpointSettingsException(folder, differences);
            ChangedSettings = differences;
            optimizer.Load(folder);
            return saved["state"].Deserialize<TrainerState>(Json);
        }

        return _skipped.Count == 0 ? null : throw new InvalidDataException(
            $"No checkpoint in {_root} is valid ({string.Join("; ", _skipped)}). Repair or remove them to start anew.");
    }

    /// <inheritdoc/>
    public void Save(TrainerState state, IPolicyOptimizer optimizer, GrpoOptions options)
    {
        if (!_options.Writes) return;
        _files.CreateFolder(_root);
        foreach (string folder in Nameless()) _files.Rename(folder, Named(folder));
        RemoveUnfinished();
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{state.Iteration:D8}");
        string temporary = Path.Combine(_root, Unfinished + name), final = Path.Combine(_root, name);

        _files.CreateFolder(temporary);
        optimizer.Save(temporary);
        JsonObject content = new() { ["state"] = JsonSerializer.SerializeToNode(state, Json), ["settings"] = SettingsDifference.Describe(options) };
        _files.Write(Path.Combine(temporary, State), JsonSerializer.SerializeToUtf8Bytes(content, Json));
        CheckpointFile[] files = [.. Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => Settled(temporary, path))];
        _files.Write(Path.Combine(temporary, Manifest), JsonSerializer.SerializeToUtf8Bytes(new CheckpointManifest(Format, files), Json));
        foreach (string folder in Directory.EnumerateDirectories(temporary, "*", SearchOption.AllDirectories)) _files.SettleFolder(folder);
        _files.SettleFolder(temporary);

        if (Directory.Exists(final)) SetAside(final);              // an earlier attempt at the same iteration, damaged or rolled back
        _files.Rename(temporary, final);
        _files.SettleFolder(_root);
        RemoveUnfinished();
        RemoveOld(state.Iteration);
    }

    private CheckpointFile Settled(string folder, string path)
    {
        (long bytes, string hash) = _files.Settle(path);
        return new CheckpointFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), bytes, hash);
    }

    // What is wrong with a checkpoint; null when nothing is.
    private static string? Problem(string folder)
    {
        try
        {
            string path = Path.Combine(folder, Manifest);
            if (!File.Exists(path)) return $"no {Manifest}";
            CheckpointManifest manifest = JsonSerializer.Deserialize<CheckpointManifest>(File.ReadAllBytes(path), Json) ?? throw new JsonException("it is null");
            if (manifest.Format != Format) return $"format {manifest.Format}, this version reads {Format}";
            if (!manifest.Files.Any(f => f.Name == State)) return $"{Manifest} does not list {State}";
            foreach (CheckpointFile file in manifest.Files)
            {
                FileInfo info = new(Path.Combine(folder, file.Name));
                if (!info.Exists) return $"{file.Name} is missing";
                if (info.Length != file.Bytes) return $"{file.Name} has {info.Length} bytes, expected {file.Bytes}";
                using FileStream stream = info.OpenRead();
                if (Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Sha256) return $"{file.Name} is damaged (SHA-256 differs)";
            }

            return null;
        }
        catch (JsonException damaged)
        {
            return $"{Manifest} is damaged ({damaged.Message})";
        }
        catch (IOException unreadable)
        {
            return unreadable.Message;
        }
        catch (UnauthorizedAccessException unreadable)
        {
            return unreadable.Message;
        }
    }

    // Newest first.
    private string[] Checkpoints() => !Directory.Exists(_root)
        ? []
        : [.. Directory.EnumerateDirectories(_root, Prefix + "*").Where(f => IterationOf(f) >= 0).OrderByDescending(IterationOf)];

    // Whole checkpoints that lack nothing but their name: the process ended after it had set aside what they replace.
    private string[] Nameless() => !Directory.Exists(_root)
        ? []
        : [.. Directory.EnumerateDirectories(_root, Unfinished + Prefix + "*").Where(f => IterationOf(f) >= 0 && !Directory.Exists(Named(f)) && Problem(f) is null)];

    private string Named(string nameless) => Path.Combine(_root, Path.GetFileName(nameless)[Unfinished.Length..]);

    private static int IterationOf(string folder)
    {
        string name = Path.GetFileName(folder);
        int start = name.StartsWith(Unfinished, StringComparison.Ordinal) ? Unfinished.Length : 0;
        return int.TryParse(name.AsSpan(start + Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int iteration) ? iteration : -1;
    }

    // Later iterations than the one just saved are damaged, or the run would have gone on from them: they do not count and are replaced in their turn.
    private void RemoveOld(int newest)
    {
        foreach (string folder in Checkpoints().Where(f => IterationOf(f) <= newest).Skip(_options.KeepNewest))
        {
            if (_options.KeepEvery is int every && IterationOf(folder) % every == 0) continue;
            SetAside(folder);
        }

        RemoveUnfinished();
    }

    // Renamed first: a deletion that is cut short leaves nothing that looks like a checkpoint.
    private void SetAside(string folder) =>
        _files.Rename(folder, Path.Combine(_root, $"{Unfinished}old-{Path.GetFileName(folder)}-{Guid.NewGuid():N}"));

    private void RemoveUnfinished()
    {
        foreach (string folder in Directory.EnumerateDirectories(_root, Unfinished + "*").ToArray()) _files.DeleteFolder(folder);
    }
}
