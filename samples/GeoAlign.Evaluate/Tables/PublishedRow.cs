namespace GeoAlign.Evaluate;

/// <summary>A row of a paper's table.</summary>
internal sealed record PublishedRow
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The speed; null when the table has one only.</summary>
    public double? Speed { get; init; }

    /// <summary>Figures by key.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }
}
