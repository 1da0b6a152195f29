using System.Text.Json;

namespace GeoAlign.Miniature;

/// <summary>The judge's looks during a run, kept beside its log so that a run that goes on has them all.</summary>
/// <param name="path">A file of one JSON object per line; null keeps nothing.</param>
internal sealed class LookLog(string? path)
{
    /// <summary>Looks up to an iteration; later ones, of work that was lost, are dropped.</summary>
    public List<Look> ReadUpTo(int iteration)
    {
        if (path is null || !File.Exists(path)) return [];
        List<Look> looks = [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<Look>(line)!).Where(look => look.Iteration <= iteration)];
        File.WriteAllLines(path + ".tmp", looks.Select(look => JsonSerializer.Serialize(look)));
        File.Move(path + ".tmp", path, overwrite: true);
        return looks;
    }

    /// <summary>Keeps a look.</summary>
    public void Add(Look look)
    {
        if (path is not null) File.AppendAllText(path, JsonSerializer.Serialize(look) + "\n");
    }
}
