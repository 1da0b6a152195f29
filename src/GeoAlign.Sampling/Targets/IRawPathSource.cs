using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>Camera paths to choose targets from: recordings, presets, or paths made up from the key.</summary>
public interface IRawPathSource
{
    /// <summary>What the paths are called; a source that makes paths up names itself.</summary>
    IReadOnlyList<string> Ids { get; }

    /// <summary>The path of a key: a function of the key and the source's files alone.</summary>
    /// <param name="key">Which path.</param>
    /// <param name="frameCount">Poses wanted, at least 2.</param>
    /// <exception cref="TrajectoryFormatException">The recording breaks its format.</exception>
    RawPath Draw(PathKey key, int frameCount);
}
