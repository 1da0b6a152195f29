namespace GeoAlign.Geometry.Tests.LieGroups;

public class Sim3Tests
{
    /// <summary>Scales from 1e8 to nearly the largest double, and their inverses.</summary>
    public static TheoryData<double> LogarithmsOfScale => [20, 60, 100, 300, 700, -20, -60, -100, -300, -700];

    [Theory, MemberData(nameof(LogarithmsOfScale))]
    public void The_translation_keeps_its_law_at_any_scale(double sigma) => ForAll.Seeds(50, rng =>
    {
        Vector3d rho = rng.NextUnitVector(), omega = rng.NextRotationVector(0, 3);

        Sim3 s = Sim3.Exp(new(rho, omega, sigma));

        // W is the integral of exp(sA) over [0, 1], A = σI + [ω]×, so A·W = exp(A) − I.
        Vector3d left = sigma * s.Translation + Vector3d.Cross(omega, s.Translation), right = s.Scale * (s.Rotation * rho) - rho;
        Assert.True((left - right).Length <= 1e-12 * right.Length, $"A·t = {left}, (exp A − I)·ρ = {right}");
    });

    [Theory, InlineData(20), InlineData(60), InlineData(100), InlineData(-20), InlineData(-60), InlineData(-100)]
    public void Log_undoes_Exp_at_scales_from_1e_minus_43_to_1e43(double sigma) => ForAll.Seeds(50, rng =>
    {
        Sim3Tangent zeta = new(rng.NextUnitVector(), rng.NextRotationVector(0, 3), sigma);

        Assert.True((Sim3.Exp(zeta).Log() - zeta).Length <= 1e-12 * Math.Abs(sigma));
    });

    [Theory]
    [InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity), InlineData(double.NaN)]
    public void The_Jacobian_of_a_tangent_that_is_not_finite_is_not_finite(double broken)
    {
        Matrix7d ofScale = Sim3.LeftJacobian(new(new(1, 2, 3), new(0.1, 0.2, 0.3), broken));
        Matrix7d ofRotation = Sim3.LeftJacobianInverse(new(new(1, 2, 3), new(0.1, broken, 0.3), 0.5));

        Assert.False(double.IsFinite(ofScale[0, 3]));
        Assert.False(double.IsFinite(ofRotation[0, 3]));
    }
}
