using System.Text.Json.Serialization;

namespace GeoAlign.Evaluate;

/// <summary>Figures of one case: numbers, and reasons where there is none.</summary>
internal sealed record CaseScores
{
    /// <summary>Numbers by key; all finite.</summary>
    public SortedDictionary<string, double> Values { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Why a figure is missing, by key.</summary>
    public SortedDictionary<string, string> Missing { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Figures that are missing because something went wrong that may go right the next time.</summary>
    public SortedSet<string> Failed { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Adds the absence of a figure that could not be computed because of an error.</summary>
    public void AddFailure(string key, string reason)
    {
        Missing.Add(key, reason);
        Failed.Add(key);
    }

    /// <summary>Adds a number, or its absence.</summary>
    public void Add(string key, double? value, string reason)
    {
        if (value is { } number && double.IsFinite(number)) Values.Add(key, number);
        else Missing.Add(key, value is null ? reason : "not finite");
    }

    /// <summary>A number, or null.</summary>
    public double? this[string key] => Values.TryGetValue(key, out double value) ? value : null;

    /// <summary>Whether there is no number at all.</summary>
    [JsonIgnore]
    public bool IsEmpty => Values.Count == 0;
}
