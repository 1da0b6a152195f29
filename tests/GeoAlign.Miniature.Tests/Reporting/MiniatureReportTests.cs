using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Reporting;

namespace GeoAlign.Miniature.Tests;

public class MiniatureReportTests
{
    [Fact]
    public async Task The_page_holds_videos_paths_curves_histograms_and_settings_of_every_seed()
    {
        using TemporaryFolder folder = new();
        string path = System.IO.Path.Combine(folder.Path, "report.html");

        await MiniatureReport.Of([Outcome(1), Outcome(2)], TimeSpan.FromMinutes(3)).WriteAsync(path);

        string html = await File.ReadAllTextAsync(path);
        foreach (string expected in new[] { "data-block=videos", "data-block=table", "seed 1", "seed 2", "second judge", "Scale of the translation", "Picture residual", "3:00" })
            Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    private static AlignmentOutcome Outcome(ulong seed)
    {
        HeldOutResult before = Result(0.65), after = Result(0.9);
        IterationReport report = new()
        {
            Iteration = 0, Windows = [new SdeWindow(0, 1)], Rollouts = 4, LeftOut = 0, Rewards = [new RewardSummary("trans", -0.2, 0.1, 0, 0)],
            TiedGroupShare = 0, Updates = [new UpdateReport { Loss = 0, Samples = 4 }], Network = new NetworkWork(8, 1, 0), Seconds = new StageSeconds(0, 1, 0, 1),
        };
        return new AlignmentOutcome(
            AlignmentSettings.Quick with { Seed = seed }, before, after, before.Summary, after.Summary, [new Look(0, before.Summary), new Look(1, after.Summary)], [report]);
    }

    private static HeldOutResult Result(double scale)
    {
        MiniatureCase[] cases = [.. Enumerable.Range(0, 3).Select(i => MiniatureWorld.Draw(1, MiniatureSet.HeldOutRandom, i))];
        ClipJudgement[] judgements = [.. cases.Select(item => ClipJudgement.Of(
            new CameraTrajectory([.. item.Requested.Select(pose => pose with { Translation = scale * pose.Translation })]), item.Requested, 0.1, 0.9))];
        return new HeldOutResult(cases, [.. cases.Select(_ => new float[MiniatureNetwork.Shape.Count])], judgements, JudgementSummary.Of(judgements));
    }
}
