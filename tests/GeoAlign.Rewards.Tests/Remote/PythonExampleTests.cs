using System.Diagnostics;
using System.Net;
using GeoAlign.Rewards.Tests.Panel;
using Server = GeoAlign.ScorerServer.ScorerServer;

namespace GeoAlign.Rewards.Tests.Remote;

/// <summary>The Python example speaks the protocol with this library, in both directions.</summary>
public class PythonExampleTests
{
    private static readonly string Script = Repository.File("samples", "GeoAlign.ScorerServer", "python", "scorer.py");

    [PythonFact]
    public async Task Python_scores_for_this_client()
    {
        using Process python = Start("serve", "--port", "0");
        try
        {
            string line = (await python.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!;
            using HttpClient client = new();
            HttpReward reward = await HttpReward.ConnectAsync(client, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
            VideoRollout[] group = [.. new byte[] { 0, 51, 255 }.Select(level => new VideoRollout { Frames = new VideoFrames(Enumerable.Repeat(level, 2 * 3 * 5 * 3).ToArray(), 5, 3, 2, 16), Prompt = "grau" })];

            PanelScores scores = await new RewardPanel(reward).ScoreAsync([group, [group[2], group[0]]]);

            Assert.Equal("brightness", Assert.Single(reward.Dimensions).Name);
            Near.Equal([0, 0.2, 1], [.. scores.Group(0, 0).Select(s => s.Value)], 1e-15);
            Near.Equal([1, 0], [.. scores.Group(0, 1).Select(s => s.Value)], 1e-15);
        }
        finally
        {
            python.Kill();
        }
    }

    [PythonFact]
    public async Task Python_asks_this_server()
    {
        FakeReward reward = new("first", r => r.Frames.FrameCount == 2 && r.Frames.WidthPixels == 8 ? r.Frames.Frame(0)[0] : -1);
        using ScorerService service = new(reward, "first");
        await using Server server = await Server.StartAsync(service, new ScorerLimits(), new IPEndPoint(IPAddress.Loopback, 0), default);

        using Process python = Start("ask", server.Address.AbsoluteUri);
        string output = await python.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60)), errors = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();

        Assert.True(python.ExitCode == 0, errors);
        Assert.Equal(["dark first 10", "light first 64"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(PythonFactAttribute.Executable!, [Script, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
