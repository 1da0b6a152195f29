using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoAlign.Geometry;
using GeoAlign.Rewards.Tests.Metric;
using GeoAlign.Rewards.Tests.Panel;

namespace GeoAlign.Rewards.Tests.Remote;

public class HttpRewardTests
{
    private static readonly VideoRollout[] Group = [.. Enumerable.Range(0, 5).Select(i => new VideoRollout { Frames = Videos.Noise(new Random(i), 6, 4, 3), Prompt = $"prompt {i}" })];

    [Fact]
    public async Task Remote_reward_scores_as_it_would_at_home()
    {
        PerceptualReward home = new(new() { ColourReference = ColourReference.FirstFrame });
        using ScorerService service = new(home, "perceptual");
        HttpReward away = await new InProcessScorer(service).ConnectAsync();

        IReadOnlyList<ImmutableArray<RewardScore>> expected = await home.ScoreAsync(Group), actual = await away.ScoreAsync(Group);

        Assert.Equal<RewardDimension>(home.Dimensions, away.Dimensions);
        for (int i = 0; i < Group.Length; i++) Assert.Equal<RewardScore>(expected[i], actual[i]);
    }

    [Fact]
    public async Task Everything_a_reward_may_look_at_arrives()
    {
        SE3[] path = new Random(2).NextPath(2);
        VideoRollout sent = new()
        {
            Frames = new VideoFrames(Videos.Counting(3, 2, 5).Rgb24, 3, 2, 5, 23.976),
            Target = new CameraTrajectory(path),
            TargetFrames = [0, 4],
            Prompt = "Ein Zimmer „mit\" Ümlauten \n 日本",
            SourceMetricScale = 1.25,
            SourceColours = new ColourStatistics(new(1, 2, 3), new(4, 5, 6.5)),
        };
        VideoRollout? received = null;
        using ScorerService service = new(new FakeReward("a", r => { received = r; return 1; }), "a");

        await (await new InProcessScorer(service).ConnectAsync()).ScoreAsync([sent, Group[0]]);
        await (await new InProcessScorer(service).ConnectAsync()).ScoreAsync([sent]);

        Assert.Equal(sent.Frames.Rgb24.ToArray(), received!.Frames.Rgb24.ToArray());
        Assert.Equal((3, 2, 5, 23.976), (received.Frames.WidthPixels, received.Frames.HeightPixels, received.Frames.FrameCount, received.Frames.FramesPerSecond));
        Assert.Equal<int>([0, 4], received.TargetFrames);
        Assert.Equal(sent.Prompt, received.Prompt);
        Assert.Equal(sent.SourceMetricScale, received.SourceMetricScale);
        Assert.Equal(sent.SourceColours, received.SourceColours);
        Assert.Equal(0, Vector3d.Distance(path[1].Translation, received.Target![1].Translation));
        Assert.Equal(0, SO3.GeodesicDistance(path[1].Rotation, received.Target[1].Rotation), 1e-15);
    }

    [Fact]
    public async Task Missing_scores_and_warnings_keep_their_words()
    {
        FakeReward reward = new(["a", "b"], (g, _) => Task.FromResult<IReadOnlyList<ImmutableArray<RewardScore>>>([.. g.Select(_ => ImmutableArray.Create(RewardScore.Missing("no pose in frame 3"), RewardScore.Of(-0.1, "one frame")))]));
        using ScorerService service = new(reward, "a");

        ImmutableArray<RewardScore> scores = (await (await new InProcessScorer(service).ConnectAsync()).ScoreAsync(Group[..1]))[0];

        Assert.Equal<RewardScore>([RewardScore.Missing("no pose in frame 3"), RewardScore.Of(-0.1, "one frame")], scores);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Shuffled_answers_are_put_right_by_id(int seed)
    {
        FakeReward reward = new("first", r => r.Frames.Frame(0)[0]);
        using ScorerService service = new(reward, "first");
        InProcessScorer network = new(service, async (_, body) => InProcessScorer.Json(await Altered(service, body, answer =>
        {
            JsonNode?[] results = [.. answer["results"]!.AsArray().Select(r => r!.DeepClone())];
            new Random(seed).Shuffle(results);
            answer["results"] = new JsonArray(results);
        })));

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await (await network.ConnectAsync()).ScoreAsync(Group);

        Assert.Equal(Group.Select(r => (double)r.Frames.Frame(0)[0]), scores.Select(s => s[0].Value));
    }

    [Theory]
    [InlineData("too few", "gave no answer")]
    [InlineData("too few scores", "gave 0 scores, expected 1")]
    [InlineData("infinite", "no finite number")]
    [InlineData("text", "no finite number")]
    [InlineData("null", "no finite number")]
    [InlineData("empty", "neither or both")]
    [InlineData("both", "neither or both")]
    [InlineData("bare number", "expected an object")]
    public async Task Bad_answer_for_one_rollout_is_missing_for_that_rollout(string fault, string reason)
    {
        using ScorerService service = new(new FakeReward("a", r => r.Frames.Frame(0)[0]), "a");
        InProcessScorer network = new(service, async (_, body) => InProcessScorer.Json((await Altered(service, body, answer =>
        {
            JsonArray results = answer["results"]!.AsArray(), scores = results[2]!["scores"]!.AsArray();
            switch (fault)
            {
                case "too few": results.RemoveAt(2); break;
                case "too few scores": scores.Clear(); break;
                case "infinite": scores[0] = new JsonObject { ["value"] = "INFINITE" }; break;
                case "text": scores[0] = new JsonObject { ["value"] = "12" }; break;
                case "null": scores[0] = new JsonObject { ["value"] = null }; break;
                case "empty": scores[0] = new JsonObject(); break;
                case "both": scores[0] = new JsonObject { ["value"] = 1, ["missing"] = "x" }; break;
                default: scores[0] = 3; break;
            }
        })).Replace("\"INFINITE\"", "1e999", StringComparison.Ordinal)));

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await (await network.ConnectAsync()).ScoreAsync(Group);

        Assert.Contains(reason, scores[2][0].Reason, StringComparison.Ordinal);
        foreach (int i in new[] { 0, 1, 3, 4 }) Assert.Equal(Group[i].Frames.Frame(0)[0], scores[i][0].Value);
    }

    [Theory]
    [InlineData("other request", "request")]
    [InlineData("other dimensions", "dimensions")]
    [InlineData("other version", "protocol")]
    [InlineData("twice", "twice")]
    [InlineData("unknown id", "not asked for")]
    [InlineData("nan", "is not JSON")]
    [InlineData("no results", "results: is missing")]
    [InlineData("page", "is not JSON")]
    public async Task Answer_that_cannot_be_trusted_is_refused_as_a_whole(string fault, string message)
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a");
        InProcessScorer network = new(service, async (_, body) => InProcessScorer.Json(fault == "page" ? "<html>" : (await Altered(service, body, answer =>
        {
            JsonArray results = answer["results"]!.AsArray();
            switch (fault)
            {
                case "other request": answer["request"] = "0"; break;
                case "other dimensions": answer["dimensions"] = new JsonArray("b"); break;
                case "other version": answer["protocol"] = "geoalign-scorer/2"; break;
                case "twice": results[1]!["id"] = "0"; break;
                case "unknown id": results[1]!["id"] = "7"; break;
                case "nan": results[0]!["scores"]![0]!["value"] = "NAN"; break;
                default: answer.AsObject().Remove("results"); break;
            }
        })).Replace("\"NAN\"", "NaN", StringComparison.Ordinal)));
        HttpReward reward = await network.ConnectAsync();

        RemoteScorerException error = await Assert.ThrowsAsync<RemoteScorerException>(async () => await reward.ScoreAsync(Group));
        PanelScores scores = await new RewardPanel(reward).ScoreAsync([Group]);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(5, scores.Statistics[0].Missing);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    public async Task Refusal_says_why_and_whether_it_may_pass(HttpStatusCode status, bool transient)
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a");
        InProcessScorer network = new(service, (_, _) => Task.FromResult(InProcessScorer.Json("""{"error":"no memory left"}""", status)));
        HttpReward reward = await network.ConnectAsync();

        Exception error = await Assert.ThrowsAnyAsync<Exception>(async () => await reward.ScoreAsync(Group));

        Assert.Equal(transient ? typeof(TransientRewardException) : typeof(RemoteScorerException), error.GetType());
        Assert.Contains("no memory left", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{(int)status}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scorer_that_hangs_is_given_up_and_one_that_is_gone_may_come_back()
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a");
        HttpReward hanging = await new InProcessScorer(service, (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task).ConnectAsync(new() { Timeout = TimeSpan.FromMilliseconds(100) });
        HttpReward gone = await new InProcessScorer(service, (_, _) => throw new HttpRequestException("connection refused")).ConnectAsync();

        Assert.Contains("no answer within 0.1 s (HttpRewardOptions.Timeout)", (await Assert.ThrowsAsync<TransientRewardException>(async () => await hanging.ScoreAsync(Group))).Message, StringComparison.Ordinal);
        Assert.Contains("refused", (await Assert.ThrowsAsync<TransientRewardException>(async () => await gone.ScoreAsync(Group))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clients_own_timeout_is_named_when_it_ends_the_wait()
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a");
        using HttpClient client = new(new InProcessScorer(service, (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task)) { Timeout = TimeSpan.FromSeconds(1) };
        HttpReward reward = await HttpReward.ConnectAsync(client, InProcessScorer.Address);

        Assert.Contains("within 1 s, the HttpClient's own timeout", (await Assert.ThrowsAsync<TransientRewardException>(async () => await reward.ScoreAsync(Group))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_no_timeout()
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a");
        using CancellationTokenSource stop = new();
        HttpReward reward = await new InProcessScorer(service, (_, _) => { stop.Cancel(); return new TaskCompletionSource<HttpResponseMessage>().Task; }).ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reward.ScoreAsync(Group, stop.Token));
    }

    [Fact]
    public async Task Answer_that_is_too_long_is_not_read_to_its_end()
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a");
        HttpReward reward = await new InProcessScorer(service, (_, _) => Task.FromResult(InProcessScorer.Json(new string(' ', 100_000)))).ConnectAsync(new() { MaxResponseBytes = 20_000 });

        Assert.Contains("more than 20000 bytes", (await Assert.ThrowsAsync<RemoteScorerException>(async () => await reward.ScoreAsync(Group))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 512L << 20, 3)]
    [InlineData(64, 512L << 20, 1)]
    [InlineData(64, 21_100, 3)]                             // 16 KiB for the header, some 2 kB for each rollout
    public async Task Large_groups_become_several_requests(int most, long bytes, int requests)
    {
        using ScorerService service = new(new FakeReward("a", r => r.Frames.Frame(0)[0]), "a", new ScorerLimits { MaxRollouts = most });
        InProcessScorer network = new(service);
        HttpReward reward = await network.ConnectAsync(new() { MaxRequestBytes = bytes });

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync(Group);

        Assert.Equal(requests, network.RequestSizes.Count);
        Assert.All(network.RequestSizes, size => Assert.True(size <= bytes));
        Assert.Equal(Group.Select(r => (double)r.Frames.Frame(0)[0]), scores.Select(s => s[0].Value));
    }

    [Fact]
    public async Task Video_beyond_the_limit_is_missing_and_is_not_sent()
    {
        using ScorerService service = new(new FakeReward("a", _ => 1), "a", new ScorerLimits { MaxRequestBytes = 4000 });
        InProcessScorer network = new(service);
        VideoRollout large = new() { Frames = Videos.Counting(64, 64, 1) };

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await (await network.ConnectAsync()).ScoreAsync([Group[0], large, Group[1]]);

        Assert.Equal([false, true, false], scores.Select(s => s[0].IsMissing));
        Assert.Contains("the limit is 4000", scores[1][0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, network.RequestSizes.Count);
    }

    [Theory]
    [InlineData("ftp://scorer.test/")]
    [InlineData("scorer")]
    public async Task Address_must_be_one_of_the_web(string address) => await Assert.ThrowsAsync<ArgumentException>(async () =>
    {
        using HttpClient client = new();
        await HttpReward.ConnectAsync(client, new Uri(address, UriKind.RelativeOrAbsolute));
    });

    // What the service answers, changed.
    private static async Task<string> Altered(ScorerService service, byte[] body, Action<JsonNode> change)
    {
        using MemoryStream stream = new(body);
        ScorerReply reply = await service.ScoreAsync(stream, body.Length);
        Assert.Equal(200, reply.StatusCode);
        JsonNode answer = JsonNode.Parse(reply.Json.Span)!;
        change(answer);
        return answer.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.General));
    }
}
