namespace GeoAlign.Models;

/// <summary>A dictionary of a pickle, ordered or not, as its pairs in the order they were set.</summary>
/// <remarks>Pairs are not hashed: keys of a hostile file may be anything, itself included, and only texts are ever looked up.</remarks>
internal sealed class PickledDictionary
{
    private List<(object? Key, object? Value)>? _pairs;

    /// <summary>All pairs.</summary>
    public IReadOnlyList<(object? Key, object? Value)> Pairs => _pairs ?? (IReadOnlyList<(object?, object?)>)[];

    /// <summary>Appends a pair.</summary>
    public void Add(object? key, object? value) => (_pairs ??= []).Add((key, value));

    /// <summary>The dictionary under a text, or null.</summary>
    public PickledDictionary? Inner(string key) =>
        Pairs.LastOrDefault(pair => pair.Key is string text && text == key).Value as PickledDictionary;
}
