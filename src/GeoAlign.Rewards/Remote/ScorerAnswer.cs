using System.Collections.Immutable;
using System.Text.Json;

namespace GeoAlign.Rewards;

/// <summary>The answer to a <see cref="ScorerRequest"/>: per rollout its id and per dimension a number or the reason why there is none.</summary>
public static class ScorerAnswer
{
    /// <summary>As JSON in UTF-8.</summary>
    /// <param name="request">The request that is answered.</param>
    /// <param name="scores">Per rollout, in the order of the request, one score per dimension.</param>
    public static ReadOnlyMemory<byte> ToJson(ScorerRequest request, IReadOnlyList<ImmutableArray<RewardScore>> scores)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (scores.Count != request.Rollouts.Length) throw new ArgumentException($"{scores.Count} scores for {request.Rollouts.Length} rollouts.", nameof(scores));
        return JsonField.Write(json =>
        {
            json.WriteString("protocol", ScorerProtocol.Version);
            json.WriteString("request", request.Id);
            json.WriteStartArray("dimensions");
            foreach (string name in request.Dimensions) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("results");
            for (int i = 0; i < scores.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("id", request.RolloutIds[i]);
                json.WriteStartArray("scores");
                foreach (RewardScore score in scores[i]) Write(json, score);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Reads an answer and puts it in the order of the request, by id.</summary>
    /// <returns>
    /// Per rollout one score per dimension. A rollout that is not answered, has the wrong number of scores, or a score that is no finite number, is missing
    /// with the reason.
    /// </returns>
    /// <exception cref="ScorerProtocolException">
    /// The answer breaks the protocol, belongs to another request or other dimensions, or names a rollout twice or one that was not asked for: then no score
    /// in it is to be trusted.
    /// </exception>
    public static ImmutableArray<RewardScore>[] Parse(ReadOnlyMemory<byte> utf8Json, ScorerRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using JsonDocument document = JsonField.Parse(utf8Json, "the answer");
        JsonElement root = document.RootElement;
        JsonField.RequireVersion(root);
        if (JsonField.Text(root, "request", 200) is var id && id != request.Id) throw new ScorerProtocolException($"request: is '{JsonField.Line(id)}', expected '{request.Id}'.");
        string[] dimensions = [.. JsonField.Of(root, "dimensions", JsonValueKind.Array).EnumerateArray().Select(d => JsonField.TextValue(d, "dimensions", 100))];
        if (!dimensions.SequenceEqual(request.Dimensions)) throw new ScorerProtocolException($"dimensions: are {JsonField.Line(string.Join(", ", dimensions))}, expected {string.Join(", ", request.Dimensions)}.");

        var scores = new ImmutableArray<RewardScore>[request.Rollouts.Length];
        foreach (JsonElement result in JsonField.Of(root, "results", JsonValueKind.Array).EnumerateArray())
        {
            string rollout = JsonField.Text(result, "id", 200);
            int index = request.RolloutIds.IndexOf(rollout);
            if (index < 0) throw new ScorerProtocolException($"results: has the id '{JsonField.Line(rollout)}', which was not asked for.");
            if (!scores[index].IsDefault) throw new ScorerProtocolException($"results: has the id '{rollout}' twice.");
            scores[index] = Scores(JsonField.Of(result, "scores", JsonValueKind.Array), dimensions.Length);
        }

        for (int i = 0; i < scores.Length; i++)
            if (scores[i].IsDefault) scores[i] = Missing(dimensions.Length, "the scorer gave no answer for this rollout");
        return scores;
    }

    private static ImmutableArray<RewardScore> Scores(JsonElement list, int count) => list.GetArrayLength() == count
        ? [.. list.EnumerateArray().Select(Score)]
        : Missing(count, $"the scorer gave {list.GetArrayLength()} scores, expected {count}");

    private static RewardScore Score(JsonElement score)
    {
        if (score.ValueKind != JsonValueKind.Object) return RewardScore.Missing($"the scorer gave a {score.ValueKind} for a score, expected an object with a value or a reason");
        bool hasReason = score.TryGetProperty("missing", out JsonElement reason), hasValue = score.TryGetProperty("value", out JsonElement value);
        if (hasReason == hasValue) return RewardScore.Missing("the scorer gave neither or both of a value and a reason");
        if (hasReason) return RewardScore.Missing(JsonField.Remark(reason) ?? "the scorer gave no reason");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number) || !double.IsFinite(number))
            return RewardScore.Missing($"the scorer gave {JsonField.Line(value.GetRawText())}, which is no finite number");
        return RewardScore.Of(number, score.TryGetProperty("warning", out JsonElement warning) ? JsonField.Remark(warning) : null);
    }

    private static ImmutableArray<RewardScore> Missing(int count, string reason) => [.. Enumerable.Repeat(RewardScore.Missing(reason), count)];

    private static void Write(Utf8JsonWriter json, RewardScore score)
    {
        json.WriteStartObject();
        if (score.TryGetValue(out double value)) json.WriteNumber("value", value);
        else json.WriteString("missing", score.Reason);
        if (score.Warning is { } warning) json.WriteString("warning", warning);
        json.WriteEndObject();
    }
}
