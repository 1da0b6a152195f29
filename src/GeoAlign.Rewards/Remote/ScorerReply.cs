namespace GeoAlign.Rewards;

/// <summary>What a server sends back: an HTTP status and JSON in UTF-8.</summary>
/// <param name="StatusCode">200; 400, 411, 413, 422 for a bad request, 500 for a reward that failed, 503 for one that may answer later.</param>
/// <param name="Json">The answer, or <c>{"error": "…"}</c>.</param>
public readonly record struct ScorerReply(int StatusCode, ReadOnlyMemory<byte> Json)
{
    internal static ScorerReply Error(int statusCode, string message) => new(statusCode, JsonField.Write(json => json.WriteString("error", JsonField.Line(message))));
}
