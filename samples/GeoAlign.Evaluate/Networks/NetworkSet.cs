namespace GeoAlign.Evaluate;

/// <summary>The networks that were given. One runs at a time: they share a device.</summary>
internal sealed class NetworkSet(IReadOnlyDictionary<NetworkRole, IFrameNetwork> networks) : IDisposable
{
    /// <summary>One user at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Hashes of all, by role.</summary>
    public string Identity => string.Join(' ', networks.OrderBy(n => n.Key).Select(n => $"{n.Key}:{n.Value.Identity}"));

    /// <summary>The network of a role, or null.</summary>
    public IFrameNetwork? this[NetworkRole role] => networks.GetValueOrDefault(role);

    /// <summary>Opens files.</summary>
    /// <param name="entries">ROLE=FILE.</param>
    /// <param name="options">Where they run.</param>
    /// <exception cref="ArgumentException">An entry cannot be read, or a role is there twice.</exception>
    public static NetworkSet Open(IReadOnlyList<string> entries, EvaluateOptions options)
    {
        Dictionary<NetworkRole, IFrameNetwork> networks = [];
        foreach (string entry in entries)
        {
            string[] parts = entry.Split('=', 2);
            if (parts.Length != 2 || int.TryParse(parts[0], out _) || !Enum.TryParse(parts[0], ignoreCase: true, out NetworkRole role))
                throw new UsageException($"--network is '{entry}', expected ROLE=FILE with one of the roles {string.Join(", ", Enum.GetNames<NetworkRole>()).ToLowerInvariant()}.");
            if (networks.ContainsKey(role)) throw new UsageException($"--network names the role {parts[0]} twice.");
            networks.Add(role, new OnnxFrameNetwork(parts[1], options.ExecutionProvider, options.Threads));
        }

        return new(networks);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IFrameNetwork network in networks.Values) (network as IDisposable)?.Dispose();
        Turn.Dispose();
    }
}
