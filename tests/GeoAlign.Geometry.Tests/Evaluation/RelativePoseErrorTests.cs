namespace GeoAlign.Geometry.Tests;

public class RelativePoseErrorTests
{
    private static readonly FixtureTensors Rewards = FixtureTensors.Load("rewards", "geometry_reward.safetensors");

    public static TheoryData<string> Cases => MetricCases.Names;

    [Theory, MemberData(nameof(Cases))]
    public void All_deltas_relations_and_statistics_match_evo(string name)
    {
        double[] golden = MetricCases.Golden[name + ".evo_rpe"].Values;
        (int Delta, PosePairing Pairing)[] variants = [(1, PosePairing.Consecutive), (1, PosePairing.All), (3, PosePairing.Consecutive), (3, PosePairing.All)];
        PoseRelation[] relations = [PoseRelation.Translation, PoseRelation.RotationDegrees, PoseRelation.FullTransformation, PoseRelation.PointDistance];

        for (int v = 0; v < variants.Length; v++)
        {
            RelativePoseError error = RelativePoseError.Between(MetricCases.Estimated(name), MetricCases.Target(name), variants[v].Delta, variants[v].Pairing);
            for (int r = 0; r < relations.Length; r++)
            {
                ReadOnlySpan<double> expected = golden.AsSpan((v * 4 + r) * 7, 7);
                Assert.Equal(double.IsNaN(expected[0]), !error.IsDefined);
                if (!error.IsDefined) continue;
                Near.Equal(expected, AbsolutePoseErrorTests.Numbers(error.Errors(relations[r]).Statistics), 1e-10, 1e-10, $"{name} {variants[v]} {relations[r]}");
            }
        }
    }

    [Theory]
    [InlineData("case0")]
    [InlineData("case1")]
    [InlineData("case2")]
    public void Steps_and_segments_match_the_reward_goldens(string name)
    {
        CameraTrajectory estimated = Paths.Of(Rewards[name + ".pred_c2w"]), target = Paths.Of(Rewards[name + ".target_c2w"]);

        RelativePoseError steps = RelativePoseError.Between(estimated, target);
        RelativePoseError segments = RelativePoseError.Between(estimated, target, 4);

        Near.Equal(Rewards[name + ".step_err_trans"].Values, steps.Errors(PoseRelation.Translation).Values, 1e-9);
        Near.Equal(Rewards[name + ".step_err_rot"].Values, steps.Errors(PoseRelation.RotationRadians).Values, 1e-9);
        if (!Rewards.Has(name + ".seg4_err_trans")) return;
        Near.Equal(Rewards[name + ".seg4_err_trans"].Values, segments.Errors(PoseRelation.Translation).Values, 1e-9);
        Near.Equal(Rewards[name + ".seg4_err_rot"].Values, segments.Errors(PoseRelation.RotationRadians).Values, 1e-9);
    }

    [Fact]
    public void Relative_errors_need_no_alignment_but_see_the_scale() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory reference = rng.NextPath(10);

        Assert.Equal(0, RelativePoseError.Between(reference.SeenFrom(rng.NextPose()), reference).Errors(PoseRelation.Translation).Statistics.Maximum, 1e-13);
        Assert.True(RelativePoseError.Between(reference.Scaled(0.5), reference).Errors(PoseRelation.PointDistance).Statistics.Mean > 0.01);
    });

    [Theory]
    [InlineData(10, 3, PosePairing.Consecutive, 3)]
    [InlineData(10, 3, PosePairing.All, 7)]
    [InlineData(3, 3, PosePairing.All, 0)]
    [InlineData(4, 3, PosePairing.Consecutive, 1)]
    public void Pairs_are_counted(int frames, int delta, PosePairing pairing, int pairs) =>
        Assert.Equal(pairs, RelativePoseError.Between(Paths.Yaw(frames, 0.1), Paths.Yaw(frames, 0.1), delta, pairing).Count);

    [Fact]
    public void A_path_without_a_pair_has_no_numbers() => Assert.Throws<InvalidOperationException>(() =>
        RelativePoseError.Between(Paths.Yaw(3, 0.1), Paths.Yaw(3, 0.1), 3).Errors(PoseRelation.Translation));
}
