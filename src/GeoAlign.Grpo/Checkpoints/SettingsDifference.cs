using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GeoAlign.Grpo;

/// <summary>Compares the settings of a checkpoint with those of the program that resumes.</summary>
internal static class SettingsDifference
{
    // What may change between runs without changing what an iteration computes.
    private static readonly HashSet<string> Harmless = ["iterations", "checkpointEvery", "overlapScoring", "update.ratioTolerance"];

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static JsonNode Describe(GrpoOptions options) => JsonSerializer.SerializeToNode(options, Format)!;

    /// <summary>One line per setting that differs: "learningRate: 0.0001 in the checkpoint, 0.0002 now".</summary>
    public static IReadOnlyList<string> Between(JsonNode saved, JsonNode now)
    {
        SortedDictionary<string, string> before = Flat(saved), after = Flat(now);
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Where(k => !Harmless.Contains(k) && before.GetValueOrDefault(k) != after.GetValueOrDefault(k))
            .Select(k => $"{k}: {before.GetValueOrDefault(k) ?? "not set"} in the checkpoint, {after.GetValueOrDefault(k) ?? "not set"} now")];
    }

    private static SortedDictionary<string, string> Flat(JsonNode root)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        Visit(root, "");
        return values;

        void Visit(JsonNode? node, string path)
        {
            switch (node)
            {
                case null:
                    break;                                       // an absent setting is no setting
                case JsonObject entries:
                    foreach ((string name, JsonNode? value) in entries) Visit(value, path.Length == 0 ? name : $"{path}.{name}");
                    break;
                case JsonArray items:
                    for (int i = 0; i < items.Count; i++) Visit(items[i], $"{path}[{i}]");
                    break;
                default:
                    values[path] = node.ToJsonString();
                    break;
            }
        }
    }
}
