using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Planning;

public class EvaluationPlanTests
{
    private static readonly CameraMove[] TwoMoves = [CameraMove.PanRight, CameraMove.ZoomIn];

    [Fact]
    public void Videos_moves_and_speeds_of_every_method_are_planned_and_what_is_missing_has_a_name()
    {
        using TemporaryFolder files = new();
        files.Write("", "conditions", "clip10.mp4");
        files.Write("", "conditions", "clip9", "0.png");
        files.Write("", "conditions", "notes.txt");
        files.Write("x", "a", "clip9_camera_1_speed_1.0.mp4");
        files.Write("x", "a", "clip10_camera_5_speed_2.mkv");
        files.Write("x", "b", "clip9_camera_PanRight_speed_1", "00.png");

        EvaluationPlan plan = EvaluationPlan.Make([new("a", files.At("a")), new("b", files.At("b"))], files.At("conditions"), null, TwoMoves, [1, 2]);

        Assert.Equal(16, plan.Cases.Count);
        Assert.Equal(["clip9", "clip10"], plan.Cases.Select(c => c.Name.Video).Distinct());                                 // natural order
        Assert.Equal(
            ["a: clip9_camera_1_speed_1.0", "a: clip10_camera_5_speed_2.0", "b: clip9_camera_1_speed_1.0"],
            plan.Cases.Where(c => !c.IsMissing).Select(c => c.ToString()));
        Assert.Equal(13, plan.Cases.Count(c => c.IsMissing));
        Assert.Empty(plan.Unplanned);
        Assert.Empty(plan.VideosWithoutFile);
        Assert.All(plan.Cases, c => Assert.NotNull(c.Condition));
        Assert.Contains("    a: clip9_camera_1_speed_2.0", PlanText.Of(plan));
    }

    [Fact]
    public void Files_that_belong_to_no_case_are_named_and_not_scored()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "bear_camera_1_speed_1.0.mp4");
        files.Write("x", "a", "bear_camera_2_speed_1.0.mp4");
        files.Write("x", "a", "preview.mp4");

        EvaluationPlan plan = EvaluationPlan.Make([new("a", files.At("a"))], null, ["bear", "dog"], TwoMoves, [1]);

        Assert.Equal(
            ["a: bear_camera_2_speed_1.0.mp4 (not of the plan's videos, moves and speeds)", "a: preview.mp4 (not named VIDEO_camera_TYPE_speed_SPEED)"],
            plan.Unplanned.Order());
        Assert.Equal(["bear", "bear", "dog", "dog"], plan.Cases.Select(c => c.Name.Video));
    }

    [Fact]
    public void Without_list_and_conditions_the_names_of_the_files_make_the_plan()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "v2_camera_1_speed_1.0.mp4");
        files.Write("x", "b", "v10_camera_5_speed_1.0.mp4");

        EvaluationPlan plan = EvaluationPlan.Make([new("a", files.At("a")), new("b", files.At("b"))], null, null, TwoMoves, [1]);

        Assert.Equal(["v2", "v10"], plan.Cases.Select(c => c.Name.Video).Distinct());
        Assert.Throws<InvalidDataException>(() => EvaluationPlan.Make([new("c", files.Folder("empty"))], null, null, TwoMoves, [1]));
    }

    [Fact]
    public void Two_files_of_one_case_are_refused()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "bear_camera_1_speed_1.0.mp4");
        files.Write("x", "a", "bear_camera_PanRight_speed_1.mp4");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => EvaluationPlan.Make([new("a", files.At("a"))], null, null, TwoMoves, [1]));

        Assert.Contains("bear_camera_PanRight_speed_1.mp4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_video_that_is_not_at_hand_is_named()
    {
        using TemporaryFolder files = new();
        files.Write("", "conditions", "bear.mp4");

        EvaluationPlan plan = EvaluationPlan.Make([new("a", files.Folder("a"))], files.At("conditions"), ["bear", "dog"], TwoMoves, [1]);

        Assert.Equal(["dog"], plan.VideosWithoutFile);
    }

    [Fact]
    public void Scenes_lie_beside_the_poses_or_in_a_folder_of_their_own_also_under_the_names_of_small_videos()
    {
        using TemporaryFolder files = new();
        files.Write("", "poses", "pose", "v_camera_1_speed_1.0.npz");
        files.Write("", "poses", "v_camera_2_speed_1.0.npz");
        files.Write("", "scenes", "resized_v_camera_1_speed_1", "pose", "resized_v_camera_1_speed_1.npz");
        files.Write("", "scenes", "resized_w_camera_1_speed_1", "pose", "resized_w_camera_1_speed_1.npz");

        EvaluationPlan beside = Make(null), own = Make(files.At("scenes"));

        Assert.Equal([files.At("poses", "pose", "v_camera_1_speed_1.0.npz"), null], beside.Cases.Select(c => c.Scene));
        Assert.Equal([files.At("scenes", "resized_v_camera_1_speed_1", "pose", "resized_v_camera_1_speed_1.npz"), null], own.Cases.Select(c => c.Scene));
        Assert.Contains("resized_w_camera_1_speed_1.npz", Assert.Single(own.Unplanned), StringComparison.Ordinal);
        Assert.Empty(beside.Unplanned);

        EvaluationPlan Make(string? scenes) => EvaluationPlan.Make(
            [new("a", null, files.At("poses"), Scenes: scenes)], null, ["v"], [CameraMove.PanRight, CameraMove.PanLeft], [1]);
    }
}
