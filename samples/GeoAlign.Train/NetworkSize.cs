namespace GeoAlign.Train;

/// <summary>Which network is built.</summary>
internal enum NetworkSize
{
    /// <summary>The smallest one: for tests.</summary>
    Tiny,

    /// <summary>Runs on a laptop.</summary>
    Miniature,

    /// <summary>ReDirector as it was released, 1.3B.</summary>
    Release,
}
