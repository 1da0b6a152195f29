using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>A camera file that was read.</summary>
/// <param name="FilePath">As it was named.</param>
/// <param name="Format">Its format.</param>
/// <param name="IsDetected">Whether the format was recognised rather than said.</param>
/// <param name="Paths">Its paths, at least one.</param>
internal sealed record PathFile(string FilePath, TrajectoryFormat Format, bool IsDetected, IReadOnlyList<NamedPath> Paths)
{
    /// <summary>What tells its paths apart: "camera" or "split".</summary>
    public string PathKind => Format switch { TrajectoryFormat.ReCamMaster => "camera", TrajectoryFormat.OmniWorld => "split", _ => "path" };

    /// <summary>The only path.</summary>
    /// <exception cref="UsageException">There are several; the message names them and the option that chooses.</exception>
    public NamedPath Single() => Paths.Count == 1
        ? Paths[0]
        : throw new UsageException($"{FilePath} holds {Paths.Count} {PathKind}s: {string.Join(", ", Paths.Select(p => p.Name))}. Choose one with --{PathKind}.");
}
