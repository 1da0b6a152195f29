using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Metric;

public class PoseErrorsTests
{
    [Fact]
    public void World_of_either_path_does_not_matter() => ForAll.Seeds(100, rng =>
    {
        SE3[] estimated = rng.NextPath(7), target = rng.NextPath(7);
        SE3 a = rng.NextMotion(3, 10), b = rng.NextMotion(3, 10);

        PoseErrors before = PoseErrors.Anchored(estimated.AsEstimate(), target);
        PoseErrors after = PoseErrors.Anchored(estimated.Select(p => a * p).AsEstimate(), [.. target.Select(p => b * p)]);

        Near.Equal(before.TranslationMetres, after.TranslationMetres, 1e-12);
        Near.Equal(before.RotationRadians, after.RotationRadians, 1e-12);
    });

    [Fact]
    public void Inverted_poses_give_other_errors() => ForAll.Seeds(20, rng =>
    {
        SE3[] estimated = rng.NextPath(5), target = rng.NextPath(5);

        PoseErrors right = PoseErrors.Anchored(estimated.AsEstimate(), target);
        PoseErrors wrong = PoseErrors.Anchored(estimated.Select(p => p.Inverse()).AsEstimate(), target);

        Assert.True(Math.Abs(right.TranslationMetres[4] - wrong.TranslationMetres[4]) > 1e-6);
    });

    [Fact]
    public void Equal_paths_have_no_error_at_all() => ForAll.Seeds(50, rng =>
    {
        SE3[] path = rng.NextPath(6);

        foreach (PoseErrors errors in new[] { PoseErrors.Anchored(path.AsEstimate(), path), PoseErrors.OverSegments(path.AsEstimate(), path, 2) })
        {
            Assert.All(errors.TranslationMetres.ToArray(), e => Assert.Equal(0, e));
            Assert.All(errors.RotationRadians.ToArray(), e => Assert.Equal(0, e));
        }
    });

    [Fact]
    public void Frame_without_a_pose_changes_no_other_error() => ForAll.Seeds(50, rng =>
    {
        SE3[] estimated = rng.NextPath(6), target = rng.NextPath(6);
        SE3?[] gap = estimated.AsEstimate();
        gap[3] = null;

        PoseErrors whole = PoseErrors.Anchored(estimated.AsEstimate(), target), some = PoseErrors.Anchored(gap, target);

        Assert.Equal([true, true, true, false, true, true], some.Present.ToArray());
        foreach (int i in new[] { 0, 1, 2, 4, 5 })
        {
            Assert.Equal(whole.TranslationMetres[i], some.TranslationMetres[i]);
            Assert.Equal(whole.RotationRadians[i], some.RotationRadians[i]);
        }
    });

    [Fact]
    public void Without_the_anchor_no_error_is_known()
    {
        SE3[] target = new Random(1).NextPath(4);
        SE3?[] estimated = target.AsEstimate();
        estimated[0] = null;

        Assert.Equal([false, false, false, false], PoseErrors.Anchored(estimated, target).Present.ToArray());
    }

    [Fact]
    public void Segment_needs_both_its_ends()
    {
        SE3[] target = new Random(1).NextPath(6);
        SE3?[] estimated = target.AsEstimate();
        estimated[2] = null;

        Assert.Equal([false, true, false, true], PoseErrors.OverSegments(estimated, target, 2).Present.ToArray());
    }

    [Fact]
    public void Different_frame_counts_are_refused_not_truncated()
    {
        SE3[] target = new Random(1).NextPath(4);

        ArgumentException error = Assert.Throws<ArgumentException>(() => PoseErrors.Anchored(target.Take(3).AsEstimate(), target));

        Assert.Contains("3 estimated poses for 4 target poses", error.Message, StringComparison.Ordinal);
    }
}
