namespace GeoAlign.Reporting;

/// <summary>A column of a table. A column of numbers is set flush right, one of texts flush left.</summary>
/// <param name="Name">The heading.</param>
public sealed record TableColumn(string Name)
{
    /// <summary>Unit of its numbers, shown in the heading.</summary>
    public string Unit { get; init; } = "";

    /// <summary>.NET format of its numbers; null for three significant digits of the largest.</summary>
    public string? Format { get; init; }

    /// <summary>Which number is best; it is highlighted.</summary>
    public Better Better { get; init; }

    /// <summary>Colour of the heading's mark; automatic has no mark.</summary>
    public SeriesColour Colour { get; init; }

    /// <summary>A column with this heading.</summary>
    public static implicit operator TableColumn(string name) => new(name);
}
