namespace GeoAlign.Rewards;

/// <summary>Names of the protocol between a remote scorer and its client (docs/rewards.md): JSON and raw pixels over HTTP, nothing that is executed.</summary>
public static class ScorerProtocol
{
    /// <summary>Name and version, in every message; a peer that says another one is refused.</summary>
    public const string Version = "geoalign-scorer/1";

    /// <summary>Path of the description, GET.</summary>
    public const string DescriptionPath = "v1/scorer";

    /// <summary>Path of scoring, POST.</summary>
    public const string ScorePath = "v1/score";

    /// <summary>Content type of a scoring request: 8 bytes length of the header, the header, the pixels.</summary>
    public const string RequestContentType = "application/vnd.geoalign.scorer";

    /// <summary>Bytes before the header: its length, unsigned, little-endian.</summary>
    internal const int PrefixBytes = 8;

    /// <summary>Longest id, name or reason that is passed on.</summary>
    internal const int MaxTextCharacters = 2000;
}
