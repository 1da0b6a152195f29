using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using GeoAlign.Geometry;
using GeoAlign.Rewards;
using GeoAlign.Rewards.Tests;
using GeoAlign.Rewards.Tests.Metric;
using GeoAlign.ScorerServer;
using Server = GeoAlign.ScorerServer.ScorerServer;

namespace GeoAlign.Train.Tests;

/// <summary>The sample server serves what training opens, with the same numbers.</summary>
public class ServedRewardsTests
{
    private static readonly RewardNetworkOptions OneThread = new() { Threads = 1 };

    [Fact]
    public void The_command_lines_of_the_pages_are_understood()
    {
        IReadOnlyList<PageCommand> lines = PageCommand.Of("dotnet run --project samples/GeoAlign.ScorerServer --");

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Empty(ServeCommand.Create().Parse(line.Words).Errors));
    }

    [Fact]
    public async Task Measures_without_networks_score_as_at_home()
    {
        VideoRollout[] group = [.. Enumerable.Range(0, 4).Select(i => new VideoRollout { Frames = Videos.Noise(new Random(i), 40, 30, 3) })];
        using ServedRewards rewards = ServedRewards.Open(new RewardFiles(), OneThread, perceptual: true);

        IReadOnlyList<ImmutableArray<RewardScore>> expected = await new PerceptualReward().ScoreAsync(group), actual = await Over(rewards, group);

        for (int i = 0; i < group.Length; i++) Assert.Equal<RewardScore>(expected[i], actual[i]);
        Assert.Contains("condition clip", actual[0][3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Geometry_reward_on_an_onnx_network_scores_as_at_home()
    {
        RewardFiles files = new() { PoseModel = Repository.Fixture("mapanything", "pose_tiny_only.onnx") };
        VideoRollout[] group = Group(new Random(9), prompt: null);
        using ServedRewards rewards = ServedRewards.Open(files, OneThread, perceptual: false);
        using OnnxPoseEstimator estimator = new(files.PoseModel, new() { Model = new() { Session = new() { IntraOpThreads = 1 } } });

        IReadOnlyList<ImmutableArray<RewardScore>> expected = await new GeometryReward(estimator).ScoreAsync(group), actual = await Over(rewards, group);

        Assert.Equal(["trans", "rot"], rewards.Dimensions.Select(d => d.Name));
        for (int i = 0; i < group.Length; i++) Near.Equal([.. expected[i].Select(s => s.Value)], [.. actual[i].Select(s => s.Value)], 1e-12);
        Assert.Contains("has no target path", (await Over(rewards, [group[0] with { Target = null }]))[0][0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_with_weights_score_as_at_home()
    {
        using TrainProgram program = new();
        RewardReleases releases = new(Path.Combine(program.Folder, "released"));
        RewardFileOptions options = new();
        RootCommand command = [.. options.Networks];
        RewardFiles files = options.Read(command.Parse(["--pose-model", releases.MapAnything, .. releases.VideoAlign, .. releases.HpsV3, .. releases.Language]));
        VideoRollout[] group = Group(new Random(3), "a walk through a room");
        using ServedRewards rewards = ServedRewards.Open(files, OneThread, perceptual: true);
        using RewardNetworks home = new();
        home.Open(files with { VideoAlign = Path.Combine(files.VideoAlign!, "checkpoint-7") }, OneThread);          // its prompt lies beside it

        IReadOnlyList<ImmutableArray<RewardScore>> actual = await Over(rewards, group);
        PanelScores expected = await new RewardPanel([new PanelEntry(new GeometryReward(home.Pose!)), .. home.Entries], new PanelOptions()).ScoreAsync([group]);

        Assert.Equal(["trans", "rot", "vis", "mot", "hps", "flicker", "sharpness", "exposure", "colour"], rewards.Dimensions.Select(d => d.Name));
        for (int d = 0; d < 5; d++) Near.Equal([.. expected.Group(d, 0).Select(s => s.Value)], [.. actual.Select(scores => scores[d].Value)], 1e-6, 1e-6);
    }

    [Fact]
    public async Task Help_and_bad_settings_are_for_people()
    {
        (int exit, string help) = await Run("--help");

        Assert.Equal(ExitCodes.Done, exit);
        foreach (string option in new[] { "--max-request-mib", "--videoalign", "--hpsv3", "--device" }) Assert.Contains(option, help, StringComparison.Ordinal);
        foreach (string option in new[] { "--remote <", "--reward-weight <" }) Assert.DoesNotContain(option, help, StringComparison.Ordinal);
        await Refused(ExitCodes.Usage, "--videoalign or --hpsv3", "--no-perceptual");
        await Refused(ExitCodes.Usage, "--host is 'nowhere'", "--host", "nowhere");
        await Refused(ExitCodes.Failed, "/no/such/file.onnx", "--pose-model", "/no/such/file.onnx");
        await Refused(ExitCodes.Failed, "/no/such/folder", "--videoalign", "/no/such/folder");

        static async Task Refused(int code, string message, params string[] arguments)
        {
            (int exit, string errors) = await Run(arguments);
            Assert.Equal(code, exit);
            Assert.Contains(message, errors, StringComparison.Ordinal);
        }
    }

    private static VideoRollout[] Group(Random rng, string? prompt) =>
        [.. Enumerable.Range(0, 3).Select(_ => new VideoRollout { Frames = Videos.Noise(rng, 64, 48, 4), Target = new CameraTrajectory(rng.NextPath(4)), Prompt = prompt })];

    private static async Task<IReadOnlyList<ImmutableArray<RewardScore>>> Over(ServedRewards rewards, VideoRollout[] group)
    {
        using ScorerService service = new(rewards, "test");
        await using Server server = await Server.StartAsync(service, new ScorerLimits(), new IPEndPoint(IPAddress.Loopback, 0), default);
        using HttpClient client = new();
        return await (await HttpReward.ConnectAsync(client, server.Address)).ScoreAsync(group);
    }

    private static async Task<(int ExitCode, string Text)> Run(params string[] arguments)
    {
        using StringWriter text = new();
        return (await CommandProgram.RunAsync(ServeCommand.Create(), arguments, text, text), text.ToString());
    }
}
