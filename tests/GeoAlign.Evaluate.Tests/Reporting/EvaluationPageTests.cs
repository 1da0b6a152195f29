using System.Text.RegularExpressions;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Reporting;

public class EvaluationPageTests
{
    [Fact]
    public async Task The_page_of_a_folder_is_the_page_of_its_evaluation_wherever_the_folder_lies()
    {
        using TemporaryFolder files = new();
        string made = await (await MadeUpEvaluation.ReportAsync(files, reportCases: 1)).ToHtmlAsync();
        Directory.Move(files.At("out"), files.At("elsewhere"));

        string again = await (await EvaluationPage.OfFolderAsync(files.At("elsewhere"), CancellationToken.None)).ToHtmlAsync();

        Assert.Equal(made.Replace("Evaluation out", "Evaluation elsewhere", StringComparison.Ordinal), again);
    }

    [Fact]
    public async Task Videos_and_paths_that_are_gone_are_left_out_and_counted()
    {
        using TemporaryFolder files = new();
        EvaluationRecord record = PathsOnly(files, "v", "w");
        Log(record, record.Plan.Cases);
        File.Delete(record.Plan.Cases[1].Poses!);

        string page = await PageAsync(record);

        Assert.Contains($"Videos and paths that cannot be shown: 1, the first is path of a: w_camera_5_speed_1.0: ", page, StringComparison.Ordinal);
        Assert.Contains("2 of 2 cases scored", page, StringComparison.Ordinal);
        Assert.Contains("v, zoom in, speed 1.0", page, StringComparison.Ordinal);
        Assert.Contains("No video of these cases is at hand.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-block=videos", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_best_and_worst_cases_is_a_page()
    {
        using TemporaryFolder files = new();
        EvaluationRecord record = PathsOnly(files, "v", "w") with { ReportCases = 0 };
        record.Write();
        Log(record, record.Plan.Cases);

        Assert.Contains("2 of 2 cases scored", await PageAsync(record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_without_a_result_are_waiting_and_results_of_other_cases_do_not_count()
    {
        using TemporaryFolder files = new();
        EvaluationRecord record = PathsOnly(files, "v", "w");
        string none = await PageAsync(record);
        Log(record, [record.Plan.Cases[0], record.Plan.Cases[1] with { Name = new("of an earlier plan", CameraMove.PanLeft, 1) }]);
        string some = await PageAsync(record);

        Assert.Contains("0 of 2 (0 failed, 0 missing, 2 waiting)", none, StringComparison.Ordinal);
        Assert.Contains("1 case of the plan without a result yet", some, StringComparison.Ordinal);
        Assert.Contains("1 of 2 cases scored", some, StringComparison.Ordinal);
        Assert.DoesNotContain("of an earlier plan", some, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_of_other_lengths_stand_with_their_own_target()
    {
        using TemporaryFolder files = new();
        EvaluationRecord record = PathsOnly(files, "v");
        PlannedCase first = record.Plan.Cases[0], second = first with { Method = new("b"), Poses = files.At("b", "pose", "v.npz") }, third = first with { Method = new("c") };
        CameraTrajectory shorter = PathScores.Target(first.Name, 3, RetimedMotion.SameSpeed);
        VipeFormat.Write(second.Poses!, new RecordedTrajectory(shorter, hasMetricScale: true));
        record = record with { Settings = record.Settings with { Methods = [first.Method, second.Method, third.Method] }, Plan = record.Plan with { Cases = [first, second, third] } };
        record.Write();
        using (ResultLog log = ResultLog.Open(record.Settings.ResultsFile))
        {
            foreach (PlannedCase one in record.Plan.Cases) log.Write(CaseResult.Without(one, CaseStatus.Scored, null) with { Frames = one == second ? 3 : 5 });
        }

        string page = await PageAsync(record);

        Assert.Contains("<option>v, zoom in, speed 1.0: a, c, 5 poses</option>", page, StringComparison.Ordinal);
        Assert.Contains("<option>v, zoom in, speed 1.0: b, 3 poses</option>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_its_record_says_what_to_do()
    {
        using TemporaryFolder files = new();
        files.Write("", "out", "results.jsonl");

        Assert.True(EvaluationPage.IsEvaluation(files.At("out")));
        Assert.False(EvaluationPage.IsEvaluation(files.Root));
        Assert.Contains("Start 'geoalign evaluate' again", (await Refusal()).Message, StringComparison.Ordinal);
        files.Write("{}", "out", EvaluationRecord.FileName);
        Assert.Contains("not the record of an evaluation", (await Refusal()).Message, StringComparison.Ordinal);

        Task<InvalidDataException> Refusal() => Assert.ThrowsAsync<InvalidDataException>(() => EvaluationPage.OfFolderAsync(files.At("out"), CancellationToken.None));
    }

    [Fact]
    public async Task Hostile_names_stay_text()
    {
        using TemporaryFolder files = new();
        const string Method = "</script><script>alert(1)</script>\"'&<b>", Video = "b'\"</script>&<img src=x>ü漢\u202E";
        EvaluationRecord record = PathsOnly(files, "v", "w");
        PlannedCase[] cases =
        [
            record.Plan.Cases[0] with { Method = new(Method), Name = new(Video, CameraMove.ZoomIn, 1) },
            record.Plan.Cases[1] with { Method = new(Method), Name = new("</table>", CameraMove.ZoomIn, 1), Poses = null },
        ];
        record = record with
        {
            Settings = record.Settings with { Methods = [new(Method)] }, Plan = new(cases, ["</style>"], []),
            About = new(StringComparer.Ordinal) { ["poses"] = "<!--", ["program"] = "<x>", ["</dl>"] = "" },
        };
        record.Write();
        Log(record, cases[..1]);

        string page = await PageAsync(record);

        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(page, "<script"), Regex.Count(page, "</script>"));
    }

    // One method that has ready poses only, of zoom in; the record is in its folder.
    private static EvaluationRecord PathsOnly(TemporaryFolder files, params string[] videos)
    {
        MethodSource method = new("a", null, files.At("poses"));
        CameraTrajectory target = PathScores.Target(new("v", CameraMove.ZoomIn, 1), 5, RetimedMotion.SameSpeed);
        foreach (string video in videos) VipeFormat.Write(files.At("poses", "pose", $"{video}_camera_5_speed_1.0.npz"), new RecordedTrajectory(target, hasMetricScale: true));
        EvaluationSettings settings = new() { Methods = [method], Moves = [CameraMove.ZoomIn], Output = files.At("out"), Cache = files.At("out", "cache"), Resamples = 10 };
        EvaluationRecord record = new(settings, EvaluationPlan.Make([method], null, null, settings.Moves, settings.Speeds), Evaluation.About(settings, new EvaluateOptions(), null), ReportCases: 2);
        record.Write();
        return record;
    }

    private static void Log(EvaluationRecord record, IEnumerable<PlannedCase> cases)
    {
        using ResultLog log = ResultLog.Open(record.Settings.ResultsFile);
        foreach (PlannedCase one in cases)
        {
            CaseScores scores = new();
            PathScores.AddTo(scores, ReadyPaths.Read(record.Plan.Cases[0].Poses!, null), one.Name, RetimedMotion.SameSpeed);
            log.Write(CaseResult.Without(one, CaseStatus.Scored, null) with { Scores = scores, Frames = 5 });
        }
    }

    private static async Task<string> PageAsync(EvaluationRecord record) => await (await EvaluationPage.OfFolderAsync(record.Settings.Output, CancellationToken.None)).ToHtmlAsync();
}
