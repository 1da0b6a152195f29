using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeoAlign.Rewards;

/// <summary>Scores of a panel as a table to read and as JSON to keep.</summary>
public static class PanelReport
{
    private const string Absent = "–";

    /// <summary>Two tables, the statistics of each dimension and the scores of each rollout, then every missing score and warning with its reason.</summary>
    public static string Text(PanelScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        List<string[]> summary = [["dimension", "unit", "λ", "scored", "missing", "mean", "std", "min", "max", "group std", "its max", "tied"]];
        for (int d = 0; d < scores.Dimensions.Length; d++)
        {
            DimensionStatistics s = scores.Statistics[d];
            summary.Add(
            [
                scores.Dimensions[d].Name, scores.Dimensions[d].Unit, Number(scores.Weights[d]), $"{s.Count}", $"{s.Missing}", Number(s.Mean), Number(s.StandardDeviation),
                Number(s.Minimum), Number(s.Maximum), Number(s.MeanGroupStandardDeviation), Number(s.MaximumGroupStandardDeviation), $"{s.TiedGroups}",
            ]);
        }

        List<string[]> rollouts = [["group", "member", .. scores.Dimensions.Select(d => d.Name)]];
        for (int g = 0; g < scores.GroupCount; g++)
        {
            for (int m = 0; m < scores.GroupSize(g); m++)
                rollouts.Add([$"{g}", $"{m}", .. Enumerable.Range(0, scores.Dimensions.Length).Select(d => scores[d, g, m].TryGetValue(out double v) ? Number(v) : Absent)]);
        }

        StringBuilder text = new();
        Append(text, summary, textColumns: 2);
        text.Append('\n');
        Append(text, rollouts, textColumns: 0);
        if (!scores.Incidents.IsEmpty) text.Append('\n');
        foreach (RewardIncident i in scores.Incidents)
            text.Append(CultureInfo.InvariantCulture, $"{(i.IsMissing ? "missing" : "warning")}: {i.Dimension}, group {i.Group}, member {i.Member}: {i.Message}\n");
        foreach (RewardCall call in scores.Calls.Where(c => !c.Failures.IsEmpty || c.TimedOut))
            text.Append(CultureInfo.InvariantCulture, $"call: {call.Reward}, group {call.Group}: {call.Attempts} attempts, {call.Elapsed.TotalSeconds:F1} s{(call.TimedOut ? ", timed out" : "")}{string.Concat(call.Failures.Select(f => "; " + f))}\n");
        return text.ToString();
    }

    /// <summary>
    /// One JSON object: <c>dimensions</c> (name, unit, description, weight, statistics), <c>groups</c> (per rollout an object of dimension → number or null),
    /// <c>incidents</c> and <c>calls</c>. Numbers in full precision; a missing score is null and has an incident with its reason.
    /// </summary>
    public static string Json(PanelScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("dimensions");
            for (int d = 0; d < scores.Dimensions.Length; d++) Write(json, scores.Dimensions[d], scores.Weights[d], scores.Statistics[d]);
            json.WriteEndArray();
            json.WriteStartArray("groups");
            for (int g = 0; g < scores.GroupCount; g++) WriteGroup(json, scores, g);
            json.WriteEndArray();
            json.WriteStartArray("incidents");
            foreach (RewardIncident incident in scores.Incidents) Write(json, incident);
            json.WriteEndArray();
            json.WriteStartArray("calls");
            foreach (RewardCall call in scores.Calls) Write(json, call);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, RewardDimension dimension, double weight, DimensionStatistics s)
    {
        json.WriteStartObject();
        json.WriteString("name", dimension.Name);
        json.WriteString("unit", dimension.Unit);
        json.WriteString("description", dimension.Description);
        json.WriteNumber("weight", weight);
        json.WriteNumber("count", s.Count);
        json.WriteNumber("missing", s.Missing);
        Write(json, "mean", s.Mean);
        Write(json, "standard_deviation", s.StandardDeviation);
        Write(json, "minimum", s.Minimum);
        Write(json, "maximum", s.Maximum);
        Write(json, "mean_group_standard_deviation", s.MeanGroupStandardDeviation);
        Write(json, "maximum_group_standard_deviation", s.MaximumGroupStandardDeviation);
        json.WriteNumber("tied_groups", s.TiedGroups);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, PanelScores scores, int group)
    {
        json.WriteStartArray();
        for (int m = 0; m < scores.GroupSize(group); m++)
        {
            json.WriteStartObject();
            for (int d = 0; d < scores.Dimensions.Length; d++) Write(json, scores.Dimensions[d].Name, scores[d, group, m].TryGetValue(out double v) ? v : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, RewardIncident incident)
    {
        json.WriteStartObject();
        json.WriteString("dimension", incident.Dimension);
        json.WriteNumber("group", incident.Group);
        json.WriteNumber("member", incident.Member);
        json.WriteBoolean("missing", incident.IsMissing);
        json.WriteString("message", incident.Message);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RewardCall call)
    {
        json.WriteStartObject();
        json.WriteString("reward", call.Reward);
        json.WriteNumber("group", call.Group);
        json.WriteNumber("attempts", call.Attempts);
        json.WriteNumber("seconds", call.Elapsed.TotalSeconds);
        json.WriteBoolean("timed_out", call.TimedOut);
        json.WriteStartArray("failures");
        foreach (string failure in call.Failures) json.WriteStringValue(failure);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static string Number(double? value) => value is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : Absent;

    // Text to the left, numbers to the right.
    private static void Append(StringBuilder text, List<string[]> rows, int textColumns)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (string[] row in rows)
            text.AppendJoin("  ", row.Select((cell, c) => c < textColumns ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append('\n');
    }
}
