using System.Collections.Immutable;
using System.Text.Json;

namespace GeoAlign.Rewards;

/// <summary>What a scorer says of itself before the first request.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Dimensions">What it scores, in the order of its scores.</param>
/// <param name="MaxRequestBytes">Most bytes of a request.</param>
/// <param name="MaxRollouts">Most rollouts of a request.</param>
public sealed record ScorerDescription(string Name, ImmutableArray<RewardDimension> Dimensions, long MaxRequestBytes, int MaxRollouts)
{
    private const int MaxDimensions = 64;

    /// <summary>As JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> ToJson() => JsonField.Write(json =>
    {
        json.WriteString("protocol", ScorerProtocol.Version);
        json.WriteString("name", Name);
        json.WriteStartArray("dimensions");
        foreach (RewardDimension dimension in Dimensions)
        {
            json.WriteStartObject();
            json.WriteString("name", dimension.Name);
            json.WriteString("unit", dimension.Unit);
            json.WriteString("description", dimension.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("max_request_bytes", MaxRequestBytes);
        json.WriteNumber("max_rollouts", MaxRollouts);
    });

    /// <summary>Reads a description.</summary>
    /// <exception cref="ScorerProtocolException">It breaks the protocol.</exception>
    public static ScorerDescription Parse(ReadOnlyMemory<byte> utf8Json)
    {
        using JsonDocument document = JsonField.Parse(utf8Json, "the description");
        JsonElement root = document.RootElement;
        JsonField.RequireVersion(root);
        JsonElement dimensions = JsonField.Of(root, "dimensions", JsonValueKind.Array);
        if (dimensions.GetArrayLength() is 0 or > MaxDimensions) throw new ScorerProtocolException($"dimensions: has {dimensions.GetArrayLength()} entries, expected 1 to {MaxDimensions}.");
        ImmutableArray<RewardDimension> parsed = [.. dimensions.EnumerateArray().Select(d =>
            new RewardDimension(JsonField.Text(d, "name", 100), JsonField.Text(d, "unit", 100), JsonField.Text(d, "description", ScorerProtocol.MaxTextCharacters)))];
        if (parsed.Select(d => d.Name).Distinct(StringComparer.Ordinal).Count() != parsed.Length) throw new ScorerProtocolException("dimensions: two have one name.");

        JsonElement bytes = JsonField.Of(root, "max_request_bytes", JsonValueKind.Number);
        if (!bytes.TryGetInt64(out long maxBytes) || maxBytes < 1) throw new ScorerProtocolException($"max_request_bytes: is {bytes.GetRawText()}, expected a whole number above 0.");
        return new ScorerDescription(JsonField.Text(root, "name", 200), parsed, maxBytes, JsonField.Count(root, "max_rollouts", int.MaxValue));
    }
}
