using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using GeoAlign.Geometry;
using GeoAlign.Rewards.Tests.Metric;
using GeoAlign.Rewards.Tests.Panel;
using GeoAlign.ScorerServer;
using Server = GeoAlign.ScorerServer.ScorerServer;

namespace GeoAlign.Rewards.Tests.Remote;

/// <summary>The sample server over real connections.</summary>
public class ScorerServerTests
{
    private static readonly VideoRollout[] Group = [.. Enumerable.Range(0, 4).Select(i => new VideoRollout { Frames = Videos.Noise(new Random(i), 40, 30, 3) })];

    [Fact]
    public async Task Served_rewards_score_as_at_home()
    {
        using ServedRewards rewards = ServedRewards.Open(poseModel: null, "CPU", 1, perceptual: true);
        using ScorerService service = new(rewards, "looks");
        await using Server server = await Start(service);
        using HttpClient client = new();
        HttpReward reward = await HttpReward.ConnectAsync(client, server.Address);

        IReadOnlyList<ImmutableArray<RewardScore>> expected = await new PerceptualReward().ScoreAsync(Group), actual = await reward.ScoreAsync(Group);

        for (int i = 0; i < Group.Length; i++) Assert.Equal<RewardScore>(expected[i], actual[i]);
        Assert.Contains("condition clip", actual[0][3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Geometry_reward_on_a_network_is_served_too()
    {
        string model = Repository.Fixture("mapanything", "pose_tiny_only.onnx");
        Random rng = new(9);
        VideoRollout[] group = [.. Enumerable.Range(0, 3).Select(_ => new VideoRollout { Frames = Videos.Noise(rng, 64, 48, 4), Target = new CameraTrajectory(rng.NextPath(4)) })];
        using ServedRewards rewards = ServedRewards.Open(model, "CPU", 1, perceptual: false);
        using ScorerService service = new(rewards, "geometry");
        await using Server server = await Start(service);
        using HttpClient client = new();
        HttpReward away = await HttpReward.ConnectAsync(client, server.Address);
        using OnnxPoseEstimator estimator = new(model, new() { Model = new() { Session = new() { IntraOpThreads = 1 } } });

        PanelScores expected = await new RewardPanel(new GeometryReward(estimator)).ScoreAsync([group]), actual = await new RewardPanel(away).ScoreAsync([group]);

        Assert.Equal(["trans", "rot"], away.Dimensions.Select(d => d.Name));
        for (int d = 0; d < 2; d++) Near.Equal([.. expected.Group(d, 0).Select(s => s.Value)], [.. actual.Group(d, 0).Select(s => s.Value)], 1e-12);
        Assert.Contains("has no target path", (await new RewardPanel(away).ScoreAsync([Group]))[0, 0, 0].Reason, StringComparison.Ordinal);
    }

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

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("v2/scorer")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync(ScorerProtocol.ScorePath, plain)).StatusCode);
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

    [Fact]
    public async Task Help_and_bad_settings_are_for_people()
    {
        using StringWriter output = new();

        Assert.Equal(0, await ServeCommand.Create().Parse("--help").InvokeAsync(new InvocationConfiguration { Output = output }));
        Assert.Contains("--max-request-mib", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await ServeCommand.Create().Parse("--no-perceptual").InvokeAsync());
        Assert.Equal(1, await ServeCommand.Create().Parse("--host nowhere").InvokeAsync());
        Assert.Equal(1, await ServeCommand.Create().Parse("--pose-model /no/such/file.onnx").InvokeAsync());
    }

    private static Task<Server> Start(ScorerService service, ScorerLimits? limits = null) =>
        Server.StartAsync(service, limits ?? new ScorerLimits(), new IPEndPoint(IPAddress.Loopback, 0), default);
}
