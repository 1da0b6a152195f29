namespace GeoAlign.Geometry.Tests;

public class AbsolutePoseErrorTests
{
    private static readonly PoseRelation[] Relations =
        [PoseRelation.Translation, PoseRelation.RotationDegrees, PoseRelation.FullTransformation, PoseRelation.RotationPart];

    public static TheoryData<string> Cases => MetricCases.Names;

    [Theory, MemberData(nameof(Cases))]
    public void All_alignments_relations_and_statistics_match_evo(string name)
    {
        double[] golden = MetricCases.Golden[name + ".evo_ape"].Values;
        TrajectoryAlignment[] alignments = [TrajectoryAlignment.None, TrajectoryAlignment.SE3, TrajectoryAlignment.Sim3, TrajectoryAlignment.Scale, TrajectoryAlignment.Origin];

        for (int a = 0; a < alignments.Length; a++)
        {
            AbsolutePoseError error = AbsolutePoseError.Between(MetricCases.Estimated(name), MetricCases.Target(name), alignments[a]);
            Assert.Equal(alignments[a], error.Alignment);
            for (int r = 0; r < Relations.Length; r++)
            {
                ReadOnlySpan<double> expected = golden.AsSpan((a * 4 + r) * 7, 7);
                Assert.Equal(double.IsNaN(expected[0]), !error.IsDefined);               // evo refuses what is degenerate here
                if (!error.IsDefined) continue;
                Near.Equal(expected, Numbers(error.Errors(Relations[r]).Statistics), 1e-10, 1e-10, $"{name} {alignments[a]} {Relations[r]}");
            }
        }
    }

    internal static double[] Numbers(ErrorStatistics s) => [s.Rmse, s.Mean, s.Median, s.StandardDeviation, s.Minimum, s.Maximum, s.SumOfSquares];

    [Fact]
    public void A_similarity_of_the_reference_has_no_error_after_Sim3_and_one_without() => ForAll.Seeds(100, rng =>
    {
        CameraTrajectory reference = rng.NextPath(15), estimated = reference.Scaled(0.5).SeenFrom(rng.NextPose());

        Assert.Equal(0, AbsolutePoseError.Between(estimated, reference, TrajectoryAlignment.Sim3).Errors(PoseRelation.Translation).Statistics.Rmse, 1e-12);
        Assert.True(AbsolutePoseError.Between(estimated, reference, TrajectoryAlignment.SE3).Errors(PoseRelation.Translation).Statistics.Rmse > 0.01);
    });

    [Fact]
    public void Aligned_errors_do_not_depend_on_the_world_of_the_estimate() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory reference = rng.NextPath(15), estimated = rng.NextPath(15);
        SE3 world = rng.NextPose();

        foreach (TrajectoryAlignment alignment in new[] { TrajectoryAlignment.Origin, TrajectoryAlignment.SE3, TrajectoryAlignment.Sim3 })
        {
            ErrorStatistics here = AbsolutePoseError.Between(estimated, reference, alignment).Errors(PoseRelation.Translation).Statistics;
            ErrorStatistics there = AbsolutePoseError.Between(estimated.SeenFrom(world), reference, alignment).Errors(PoseRelation.Translation).Statistics;
            Near.Equal(Numbers(here), Numbers(there), 1e-11, what: alignment.ToString());
        }
    });

    [Fact]
    public void Swapped_camera_to_world_and_world_to_camera_are_an_error_under_every_alignment()
    {
        CameraTrajectory reference = Paths.Yaw(30, 0.05).SeenFrom(new(SO3.Exp(new(0.1, 0.2, 0)), new(1, 0, 0)));
        CameraTrajectory swapped = reference.Map(pose => pose.Inverse());

        Assert.All(Enum.GetValues<TrajectoryAlignment>(), alignment => Assert.True(
            AbsolutePoseError.Between(swapped, reference, alignment).Errors(PoseRelation.RotationRadians).Statistics.Rmse > 0.1, alignment.ToString()));
    }

    [Fact]
    public void Reversing_both_paths_keeps_the_errors() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory reference = rng.NextPath(12), estimated = rng.NextPath(12);

        ErrorStatistics forward = AbsolutePoseError.Between(estimated, reference, TrajectoryAlignment.Sim3).Errors(PoseRelation.Translation).Statistics;
        ErrorStatistics backward = AbsolutePoseError.Between(estimated.Reversed(), reference.Reversed(), TrajectoryAlignment.Sim3).Errors(PoseRelation.Translation).Statistics;

        Near.Equal(Numbers(forward), Numbers(backward), 1e-12);
    });

    [Fact]
    public void Each_number_says_its_unit()
    {
        AbsolutePoseError error = AbsolutePoseError.Between(Paths.Yaw(5, 0.1), Paths.Yaw(5, 0.2), TrajectoryAlignment.None);

        Assert.Equal(ErrorUnit.Metres, error.Errors(PoseRelation.Translation).Unit);
        Assert.Equal(ErrorUnit.Radians, error.Errors(PoseRelation.RotationRadians).Unit);
        Assert.Equal(ErrorUnit.Degrees, error.Errors(PoseRelation.RotationDegrees).Unit);
        Assert.Equal(ErrorUnit.None, error.Errors(PoseRelation.FullTransformation).Unit);
        Near.Equal([0, 0.1, 0.2, 0.3, 0.4], error.Errors(PoseRelation.RotationRadians).Values, 1e-15);
    }

    [Fact]
    public void A_degenerate_alignment_has_a_name_and_no_numbers()
    {
        CameraTrajectory dolly = TrajectoryPresets.Dolly(5, 1);

        AbsolutePoseError error = AbsolutePoseError.Between(dolly, dolly, TrajectoryAlignment.Sim3);

        Assert.False(error.IsDefined);
        Assert.Equal(AlignmentDegeneracy.Collinear, error.Degeneracy);
        Assert.Contains("Collinear", Assert.Throws<InvalidOperationException>(() => error.Errors(PoseRelation.Translation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_frame_counts_are_refused() =>
        Assert.Throws<ArgumentException>(() => AbsolutePoseError.Between(Paths.Yaw(5, 0.1), Paths.Yaw(6, 0.1), TrajectoryAlignment.None));
}
