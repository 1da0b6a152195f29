namespace GeoAlign.Sampling;

/// <summary>Where cached results lie and how much room they may take.</summary>
/// <param name="Folder">Folder of the cache; made when needed. Several processes may share it.</param>
public sealed record CacheOptions(string Folder)
{
    /// <summary>Largest sum of file sizes, bytes; the results used longest ago go first. Sums are taken once per hundredth of it written. Default 16 GiB.</summary>
    public long MaximumBytes { get; init; } = 16L << 30;

    /// <summary>Told in one sentence about every entry that was damaged and thrown away, and every one that made room; null for nobody.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public CacheOptions Validated()
    {
        if (string.IsNullOrWhiteSpace(Folder)) throw new ArgumentException("CacheOptions: Folder is empty.");
        return MaximumBytes > 0 ? this : throw new ArgumentException($"CacheOptions: {nameof(MaximumBytes)} is {MaximumBytes}, must be positive.");
    }
}
