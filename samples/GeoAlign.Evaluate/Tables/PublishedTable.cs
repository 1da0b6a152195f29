using System.Text.Json;

namespace GeoAlign.Evaluate;

/// <summary>A table of a paper.</summary>
internal sealed record PublishedTable
{
    /// <summary>Short name.</summary>
    public required string Id { get; init; }

    /// <summary>Data and question.</summary>
    public required string Title { get; init; }

    /// <summary>Paper and table.</summary>
    public required string Source { get; init; }

    /// <summary>Whether its figures are defined as ours; then they have the keys of <see cref="MetricCatalogue"/>.</summary>
    public required bool Comparable { get; init; }

    /// <summary>What a reader must know before comparing.</summary>
    public required string Note { get; init; }

    /// <summary>Its rows.</summary>
    public required IReadOnlyList<PublishedRow> Rows { get; init; }

    /// <summary>Reads a file of tables.</summary>
    /// <exception cref="InvalidDataException">The file breaks its format.</exception>
    public static IReadOnlyList<PublishedTable> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), EvaluationJson.Compact)?.Tables ?? throw new InvalidDataException($"{path}: no tables.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: no file of published tables ({e.Message})", e);
        }
    }

    private sealed record Document(IReadOnlyList<PublishedTable> Tables);
}
