using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace GeoAlign.Rewards;

/// <summary>A reward in another process or on another machine, behind the scorer protocol (docs/rewards.md). Sends pixels and numbers, never code.</summary>
/// <remarks>
/// Answers are matched to videos by id. Failures that may pass (no connection, a busy scorer, no answer in time) are <see cref="TransientRewardException"/>,
/// which a panel can retry; everything else is a <see cref="RemoteScorerException"/>.
/// </remarks>
public sealed class HttpReward : IReward
{
    private const int MaxErrorBytes = 4096;

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly HttpRewardOptions _options;

    private HttpReward(HttpClient client, Uri address, HttpRewardOptions options, ScorerDescription description) =>
        (_client, _address, _options, Description) = (client, address, options, description);

    /// <summary>What the scorer said of itself.</summary>
    public ScorerDescription Description { get; }

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions => Description.Dimensions;

    /// <summary>Asks a scorer for its dimensions and limits.</summary>
    /// <param name="client">Connections, authentication, proxies; stays the caller's. Its own timeout, 100 seconds unless set, applies beside
    /// <see cref="HttpRewardOptions.Timeout"/>: make it infinite where a group takes longer to score.</param>
    /// <param name="address">Where the scorer is, http or https; <see cref="ScorerProtocol.DescriptionPath"/> and <see cref="ScorerProtocol.ScorePath"/> are appended.</param>
    /// <param name="options">Settings; null: the defaults.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TransientRewardException">The scorer cannot be reached now.</exception>
    /// <exception cref="RemoteScorerException">It refused, or does not speak the protocol.</exception>
    public static async Task<HttpReward> ConnectAsync(HttpClient client, Uri address, HttpRewardOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")) throw new ArgumentException($"'{address}' is no http or https address.", nameof(address));
        options = (options ?? new HttpRewardOptions()).Validated();
        Uri root = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        using HttpRequestMessage message = new(HttpMethod.Get, new Uri(root, ScorerProtocol.DescriptionPath));
        ReadOnlyMemory<byte> answer = await SendAsync(client, message, options, cancellationToken).ConfigureAwait(false);
        try
        {
            return new HttpReward(client, root, options, ScorerDescription.Parse(answer));
        }
        catch (ScorerProtocolException e)
        {
            throw new RemoteScorerException($"{message.RequestUri}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="TransientRewardException">The scorer cannot be reached or does not answer now.</exception>
    /// <exception cref="RemoteScorerException">It refused the request, or its answer cannot be trusted.</exception>
    public async ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rollouts);
        var scores = new ImmutableArray<RewardScore>[rollouts.Count];
        foreach (int[] indices in Batches(rollouts))
        {
            ScorerRequest request = new(
                Guid.NewGuid().ToString("N"),
                [.. Dimensions.Select(d => d.Name)],
                [.. indices.Select(i => i.ToString(CultureInfo.InvariantCulture))],
                [.. indices.Select(i => rollouts[i])]);
            if (request.LengthBytes > MaxBytes)
            {
                // A batch beyond the limit is one rollout: smaller requests cannot be made.
                string reason = $"the video makes a request of {request.LengthBytes} bytes, the limit is {MaxBytes}";
                foreach (int i in indices) scores[i] = [.. Dimensions.Select(_ => RewardScore.Missing(reason))];
                continue;
            }

            ImmutableArray<RewardScore>[] answers = await AskAsync(request, cancellationToken).ConfigureAwait(false);
            for (int k = 0; k < indices.Length; k++) scores[indices[k]] = answers[k];
        }

        return scores;
    }

    private long MaxBytes => Math.Min(_options.MaxRequestBytes, Description.MaxRequestBytes);

    private async Task<ImmutableArray<RewardScore>[]> AskAsync(ScorerRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, new Uri(_address, ScorerProtocol.ScorePath)) { Content = new ScorerRequestContent(request) };
        ReadOnlyMemory<byte> answer = await SendAsync(_client, message, _options, cancellationToken).ConfigureAwait(false);
        try
        {
            return ScorerAnswer.Parse(answer, request);
        }
        catch (ScorerProtocolException e)
        {
            throw new RemoteScorerException($"{message.RequestUri}: {e.Message}", e);
        }
    }

    // Consecutive rollouts that fit together by number and by bytes. The header is counted at its largest.
    private IEnumerable<int[]> Batches(IReadOnlyList<VideoRollout> rollouts)
    {
        const long HeaderBytes = 16 << 10, RolloutBytes = 2048, PoseBytes = 12 * 26, FrameNumberBytes = 12, CharacterBytes = 6;
        int most = Math.Min(_options.MaxRolloutsPerRequest, Description.MaxRollouts);
        List<int> batch = [];
        long bytes = HeaderBytes;
        for (int i = 0; i < rollouts.Count; i++)
        {
            VideoRollout r = rollouts[i];
            long next = r.Frames.Rgb24.Length + RolloutBytes + PoseBytes * (r.Target?.Count ?? 0) + CharacterBytes * (r.Prompt?.Length ?? 0)
                + FrameNumberBytes * (r.TargetFrames.IsDefault ? 0 : r.TargetFrames.Length);
            if (batch.Count > 0 && (batch.Count == most || bytes + next > MaxBytes))
            {
                yield return [.. batch];
                batch.Clear();
                bytes = HeaderBytes;
            }

            batch.Add(i);
            bytes += next;
        }

        if (batch.Count > 0) yield return [.. batch];
    }

    private static async Task<ReadOnlyMemory<byte>> SendAsync(HttpClient client, HttpRequestMessage message, HttpRewardOptions options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw Refused(message, response.StatusCode, Error(await ReadAsync(response, MaxErrorBytes, cut: true, limit.Token).ConfigureAwait(false)));
            return await ReadAsync(response, options.MaxResponseBytes, cut: false, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            string time = limit.IsCancellationRequested
                ? string.Create(CultureInfo.InvariantCulture, $"within {options.Timeout.TotalSeconds:G6} s ({nameof(HttpRewardOptions)}.{nameof(HttpRewardOptions.Timeout)})")
                : string.Create(CultureInfo.InvariantCulture, $"within {client.Timeout.TotalSeconds:G6} s, the HttpClient's own timeout; it can be infinite, {nameof(HttpRewardOptions)}.{nameof(HttpRewardOptions.Timeout)} applies in any case");
            throw new TransientRewardException($"{message.RequestUri} gave no answer {time}.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TransientRewardException($"{message.RequestUri}: {e.Message}", e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int maxBytes, bool cut, CancellationToken cancellationToken)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using MemoryStream kept = new();
        byte[] buffer = new byte[16 << 10];
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            int room = (int)Math.Min(read, maxBytes - kept.Length);
            kept.Write(buffer, 0, room);
            if (room == read) continue;
            if (cut) break;
            throw new RemoteScorerException($"{response.RequestMessage?.RequestUri} answered with more than {maxBytes} bytes.");
        }

        return kept.ToArray();
    }

    private static Exception Refused(HttpRequestMessage message, HttpStatusCode status, string error)
    {
        string text = $"{message.RequestUri} answered {(int)status} {status}{(error.Length > 0 ? ": " + error : ".")}";
        return RetryPolicy.IsTransientByDefault(new HttpRequestException(text, null, status)) ? new TransientRewardException(text) : new RemoteScorerException(text);
    }

    private static string Error(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out JsonElement error) && JsonField.Remark(error) is { } remark)
                return remark;
        }
        catch (JsonException)
        {
            // Not a scorer's own error: a proxy's page, for instance. Its text is the best there is.
        }

        return JsonField.Line(Encoding.UTF8.GetString(body.Span));
    }
}
