using System.Collections.Immutable;
using System.Net;
using GeoAlign.Rewards.Tests.Panel;
using Server = GeoAlign.ScorerServer.ScorerServer;

namespace GeoAlign.Rewards.Tests.Remote;

/// <summary>The sample server over real connections.</summary>
public class ScorerServerTests
{
    private static readonly VideoRollout[] Group = [.. Enumerable.Range(0, 4).Select(i => new VideoRollout { Frames = Videos.Noise(new Random(i), 40, 30, 3) })];

    [Fact]
    public async Task Running_request_ends_before_the_server_stops()
    {
        TaskCompletionSource arrived = new(), go = new();
        using ScorerService service = new(FakeReward.After("a", 2, async _ => { arrived.SetResult(); await go.Task; }), "a");
        Server server = await Start(service);
        using HttpClient client = new();
        HttpReward reward = await HttpReward.ConnectAsync(client, server.Address);
        using CancellationTokenSource stop = new();
        Task run = server.RunUntilAsync(stop.Token);

        Task<IReadOnlyList<ImmutableArray<RewardScore>>> scores = reward.ScoreAsync(Group).AsTask();
        await arrived.Task;
        await stop.CancelAsync();
        await Task.Delay(100);
        Assert.False(run.IsCompleted);
        go.SetResult();

        Assert.Equal(2, (await scores)[3][0].Value);
        await run.WaitAsync(TimeSpan.FromSeconds(30));
        await server.DisposeAsync();
        await Assert.ThrowsAsync<TransientRewardException>(async () => await reward.ScoreAsync(Group));
    }

    [Fact]
    public async Task Other_routes_types_and_sizes_are_refused()
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a", new ScorerLimits { MaxRequestBytes = 1000 });
        await using Server server = await Start(service, new ScorerLimits { MaxRequestBytes = 1000 });
        using HttpClient client = new() { BaseAddress = server.Address };
        using ByteArrayContent plain = new(new byte[10]), large = new(new byte[2000]);
        large.Headers.ContentType = new(ScorerProtocol.RequestContentType);
        using ByteArrayContent compressed = new(new byte[10]) { Headers = { ContentType = new(ScorerProtocol.RequestContentType), ContentEncoding = { "gzip" } } };

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("v2/scorer")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync(ScorerProtocol.ScorePath, plain)).StatusCode);
        HttpResponseMessage refused = await client.PostAsync(ScorerProtocol.ScorePath, compressed);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        Assert.Contains("uncompressed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.PostAsync(ScorerProtocol.ScorePath, large)).StatusCode);
    }

    [Fact]
    public async Task Scorer_that_is_not_there_is_missing_in_a_panel()
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a");
        Server server = await Start(service);
        using HttpClient client = new();
        HttpReward reward = await HttpReward.ConnectAsync(client, server.Address);
        await server.DisposeAsync();
        RewardPanel panel = new([new PanelEntry(reward) { Retry = new() { MaxAttempts = 2, Delay = TimeSpan.FromMilliseconds(1) } }, new PanelEntry(new FakeReward("b", _ => 3))], new PanelOptions());

        PanelScores scores = await panel.ScoreAsync([Group]);

        Assert.Equal(4, scores.Statistics[0].Missing);
        Assert.Contains("after 2 attempts", scores[0, 0, 0].Reason, StringComparison.Ordinal);
        Assert.Equal(3, scores[1, 0, 3].Value);
    }

    private static Task<Server> Start(ScorerService service, ScorerLimits? limits = null) =>
        Server.StartAsync(service, limits ?? new ScorerLimits(), new IPEndPoint(IPAddress.Loopback, 0), default);
}
