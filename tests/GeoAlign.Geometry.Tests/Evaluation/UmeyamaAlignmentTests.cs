namespace GeoAlign.Geometry.Tests;

public class UmeyamaAlignmentTests
{
    public static TheoryData<string> Cases => MetricCases.Names;

    [Theory, MemberData(nameof(Cases))]
    public void The_fit_matches_the_goldens_where_it_is_determined(string name)
    {
        FixtureTensors golden = MetricCases.Golden;
        UmeyamaAlignment fit = UmeyamaAlignment.Between(MetricCases.Estimated(name), MetricCases.Target(name), withScale: true);

        Near.Equal(golden[name + ".umeyama_s"].Values, [fit.Scale], 1e-10, what: "scale");
        if (fit.Degeneracy != AlignmentDegeneracy.None) return;

        double[] columnForm = new double[9];
        fit.Rotation.ToMatrix().Transpose().CopyTo(columnForm);                          // the golden multiplies row vectors
        Near.Equal(golden[name + ".umeyama_R_rowvec"].Values, columnForm, 1e-10, what: "rotation");
        Near.Equal(golden[name + ".umeyama_t"].Values, [fit.Translation.X, fit.Translation.Y, fit.Translation.Z], 1e-10, what: "translation");
        double[] aligned = [.. MetricCases.Estimated(name).SelectMany(pose => { Vector3d p = fit.Apply(pose).Translation; return new[] { p.X, p.Y, p.Z }; })];
        Near.Equal(golden[name + ".umeyama_aligned"].Values, aligned, 1e-10, what: "aligned centres");
    }

    [Theory]
    [InlineData("case00", AlignmentDegeneracy.None)]
    [InlineData("case03", AlignmentDegeneracy.None)]              // mirrored: a rotation still fits best
    [InlineData("case04", AlignmentDegeneracy.Collinear)]
    [InlineData("case05", AlignmentDegeneracy.Collinear)]
    [InlineData("case06", AlignmentDegeneracy.None)]              // planar is enough
    [InlineData("case09", AlignmentDegeneracy.ReferenceStatic)]
    [InlineData("case10", AlignmentDegeneracy.EstimateStatic)]
    [InlineData("case11", AlignmentDegeneracy.Collinear)]         // two poses
    [InlineData("case12", AlignmentDegeneracy.None)]
    public void Degenerate_paths_are_named(string name, AlignmentDegeneracy expected) =>
        Assert.Equal(expected, UmeyamaAlignment.Between(MetricCases.Estimated(name), MetricCases.Target(name), withScale: true).Degeneracy);

    [Fact]
    public void A_similarity_is_found_again() => ForAll.Seeds(200, rng =>
    {
        CameraTrajectory reference = rng.NextPath(20);
        SE3 motion = rng.NextPose();
        double scale = Math.Exp(4 * rng.NextDouble() - 2);

        UmeyamaAlignment fit = UmeyamaAlignment.Between(reference.SeenFrom(motion).Scaled(scale), reference, withScale: true);

        Assert.Equal(AlignmentDegeneracy.None, fit.Degeneracy);
        Assert.Equal(1 / scale, fit.Scale, 1e-9 / scale);
        // 20 noisy steps along one direction: the path is thin, so its roll is the least certain number.
        Assert.Equal(0, SO3.GeodesicDistance(motion.Rotation.Inverse(), fit.Rotation), 1e-9);
        Assert.All(Enumerable.Range(0, 20), i => Assert.True(
            Vector3d.Distance(reference[i].Translation, fit.Apply(scale * (motion * reference[i].Translation))) < 1e-12));
    });

    [Fact]
    public void Without_scale_the_scale_is_1() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory reference = rng.NextPath(10);

        Assert.Equal(1, UmeyamaAlignment.Between(reference.Scaled(3), reference, withScale: false).Scale);
    });

    [Fact]
    public void A_line_far_from_the_origin_is_still_a_line()
    {
        CameraTrajectory line = TrajectoryPresets.Dolly(20, 3).SeenFrom(new(SO3.Exp(new(0.3, 0.2, 0.1)), new(200, -300, 100)));

        Assert.Equal(AlignmentDegeneracy.Collinear, UmeyamaAlignment.Between(line, line, withScale: true).Degeneracy);
    }

    [Fact]
    public void Different_numbers_of_points_are_refused() =>
        Assert.Throws<ArgumentException>(() => UmeyamaAlignment.Between([Vector3d.Zero], [Vector3d.Zero, Vector3d.Zero], true));
}
