namespace GeoAlign.Sampling;

/// <summary>Several path sources in one: each draw chooses a source by its weight, then a path of it.</summary>
public sealed class PathMixture : IRawPathSource
{
    private readonly IRawPathSource[] _sources;
    private readonly double[] _shares;

    /// <summary>Sources with weights.</summary>
    /// <param name="sources">At least one; their order is part of the key. Weights above 0, of any sum.</param>
    /// <exception cref="ArgumentException">No source, or a weight that is not above 0.</exception>
    public PathMixture(params IEnumerable<(IRawPathSource Source, double Weight)> sources)
    {
        (IRawPathSource Source, double Weight)[] all = [.. sources];
        if (all.Length == 0) throw new ArgumentException("No source of target paths was given.", nameof(sources));
        foreach ((_, double weight) in all)
            if (!(weight > 0 && double.IsFinite(weight))) throw new ArgumentException($"A source of target paths has the weight {weight}, expected a number above 0.", nameof(sources));
        _sources = Array.ConvertAll(all, s => s.Source);
        double total = all.Sum(s => s.Weight);
        _shares = Array.ConvertAll(all, s => s.Weight / total);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Ids => [.. _sources.SelectMany(s => s.Ids)];

    /// <inheritdoc/>
    public RawPath Draw(PathKey key, int frameCount)
    {
        double left = key.Uniform(stream: 1);
        int chosen = 0;
        while (chosen < _sources.Length - 1 && left >= _shares[chosen]) left -= _shares[chosen++];
        return _sources[chosen].Draw(key, frameCount);
    }
}
