using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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

    /// <summary>The settings as JSON.</summary>
    /// <exception cref="NotSupportedException">A rule of the user's own has a property that JSON cannot hold.</exception>
    public static JsonNode Describe(GrpoOptions options) => JsonSerializer.SerializeToNode(options, FormatOf(options))!;

    /// <summary>One line per setting that differs: "learningRate: 0.0001 in the checkpoint, 0.0002 now".</summary>
    public static IReadOnlyList<string> Between(JsonNode saved, JsonNode now)
    {
        SortedDictionary<string, string> before = Flat(saved), after = Flat(now);
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Where(k => !IsHarmless(k, before, after) && before.GetValueOrDefault(k) != after.GetValueOrDefault(k))
            .Select(k => $"{k}: {before.GetValueOrDefault(k) ?? "not set"} in the checkpoint, {after.GetValueOrDefault(k) ?? "not set"} now")];
    }

    // A learning rate that falls towards the end of the run depends on where the end is.
    private static bool IsHarmless(string setting, SortedDictionary<string, string> before, SortedDictionary<string, string> after) =>
        Harmless.Contains(setting) && (setting != "iterations" || (IsConstantRate(before) && IsConstantRate(after)));

    private static bool IsConstantRate(SortedDictionary<string, string> settings) => settings.GetValueOrDefault("finalLearningRateShare", "1") == "1";

    private static JsonSerializerOptions FormatOf(GrpoOptions options) => new(Format)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { info => Admit(info, typeof(StepRule), options.Noise.GetType()), info => Admit(info, typeof(WindowRule), options.Window.GetType()) },
        },
    };

    // A rule that this package does not know is described under the name of its type.
    private static void Admit(JsonTypeInfo info, Type kind, Type actual)
    {
        if (info.Type == kind && info.PolymorphismOptions is { } known && known.DerivedTypes.All(d => d.DerivedType != actual))
            known.DerivedTypes.Add(new JsonDerivedType(actual, actual.ToString()));
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
