using System.Numerics;

namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Laws every Lie group obeys, over hard bands of the rotation angle. A new group inherits them all by deriving one short class.</summary>
public abstract class LieGroupLaws<TGroup, TTangent, TMatrix>
    where TGroup : struct, ILieGroup<TGroup, TTangent, TMatrix>
    where TTangent : struct, ITangent<TTangent>
    where TMatrix : struct, IMultiplyOperators<TMatrix, TTangent, TTangent>, IMultiplyOperators<TMatrix, TMatrix, TMatrix>
{
    /// <summary>Relative tolerance of a handful of operations of a few roundings each.</summary>
    private const double Tolerance = 2e-14;

    private const int Seeds = 60;

    /// <summary>A tangent whose rotation angle lies in a band; the other parts are of size up to 3.</summary>
    protected abstract TTangent NextTangent(Random rng, double low, double high);

    /// <summary>Largest difference of the two as matrices, relative to max(1, largest entry).</summary>
    protected abstract double Distance(TGroup a, TGroup b);

    private TTangent NextTangent(Random rng) => NextTangent(rng, 0, 3);

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Identity_and_inverse_are_neutral(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TGroup g = TGroup.Exp(NextTangent(rng, low, high));

        AssertSame(g, g * TGroup.Identity);
        AssertSame(g, TGroup.Identity * g);
        AssertSame(TGroup.Identity, g * g.Inverse());
        AssertSame(TGroup.Identity, g.Inverse() * g);
        AssertSame(g, g.Inverse().Inverse());
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Composition_is_associative_and_its_inverse_reverses(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TGroup a = TGroup.Exp(NextTangent(rng, low, high)), b = TGroup.Exp(NextTangent(rng)), c = TGroup.Exp(NextTangent(rng, low, high));

        AssertSame((a * b) * c, a * (b * c));
        AssertSame((a * b).Inverse(), b.Inverse() * a.Inverse());
    });

    [Theory, MemberData(nameof(AngleBands.Principal), MemberType = typeof(AngleBands))]
    public void Log_undoes_Exp(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TTangent xi = NextTangent(rng, low, high);

        AssertSame(xi, TGroup.Exp(xi).Log());
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Exp_undoes_Log(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TGroup g = TGroup.Exp(NextTangent(rng, low, high));

        AssertSame(g, TGroup.Exp(g.Log()));
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Exp_is_a_one_parameter_group(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TTangent xi = NextTangent(rng, low, high);
        double s = rng.NextUniform(-1, 1);

        AssertSame(TGroup.Exp(xi), TGroup.Exp(xi * s) * TGroup.Exp(xi * (1 - s)));
        AssertSame(TGroup.Exp(xi).Inverse(), TGroup.Exp(-xi));
    });

    [Fact]
    public void Exp_of_zero_is_the_identity_and_its_Log_zero()
    {
        Assert.Equal(TGroup.Identity, TGroup.Exp(TTangent.Zero));
        Assert.Equal(0, TGroup.Identity.Log().Length);
    }

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Adjoint_carries_tangents_through_the_group(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TGroup g = TGroup.Exp(NextTangent(rng, low, high));
        TTangent xi = NextTangent(rng) * 0.3;

        AssertSame(g * TGroup.Exp(xi) * g.Inverse(), TGroup.Exp(g.Adjoint(xi)));
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Adjoint_is_a_homomorphism(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TGroup a = TGroup.Exp(NextTangent(rng, low, high)), b = TGroup.Exp(NextTangent(rng));
        TTangent xi = NextTangent(rng), eta = NextTangent(rng);

        AssertSame(a.Adjoint(b.Adjoint(xi)), (a * b).Adjoint(xi));
        AssertSame(a.Adjoint() * b.Adjoint() * xi, (a * b).Adjoint() * xi);
        AssertSame(a.Adjoint() * xi, a.Adjoint(xi));
        AssertSame(TGroup.Bracket(a.Adjoint(xi), a.Adjoint(eta)), a.Adjoint(TGroup.Bracket(xi, eta)));
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Adjoint_of_Exp_is_the_exponential_of_ad(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TTangent xi = NextTangent(rng, low, high), eta = NextTangent(rng);
        if (xi.Length > 8) return;                                                          // the plain series cancels beyond

        TTangent sum = eta, term = eta;
        for (int k = 1; k < 80; k++)
        {
            term = TGroup.Bracket(xi, term) * (1.0 / k);
            sum += term;
        }

        AssertSame(sum, TGroup.Exp(xi).Adjoint(eta), 1e-12);
    });

    [Fact]
    public void Bracket_is_a_Lie_bracket_and_SmallAdjoint_its_matrix() => ForAll.Seeds(Seeds, rng =>
    {
        TTangent a = NextTangent(rng), b = NextTangent(rng), c = NextTangent(rng);

        AssertSame(TGroup.Bracket(a, b), -TGroup.Bracket(b, a));
        AssertSame(TGroup.SmallAdjoint(a) * b, TGroup.Bracket(a, b));
        TTangent cyclic = TGroup.Bracket(a, TGroup.Bracket(b, c)) + TGroup.Bracket(b, TGroup.Bracket(c, a)) + TGroup.Bracket(c, TGroup.Bracket(a, b));
        Assert.True(cyclic.Length <= Tolerance * a.Length * b.Length * c.Length * 10, $"Jacobi identity: {cyclic}");
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Left_Jacobian_is_the_integral_of_the_adjoint(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TTangent xi = NextTangent(rng, low, high), delta = NextTangent(rng);
        if (xi.Length > 8) return;                                                          // the plain series cancels beyond

        TTangent sum = delta, term = delta;
        for (int k = 1; k < 80; k++)
        {
            term = TGroup.Bracket(xi, term) * (1.0 / (k + 1));
            sum += term;
        }

        AssertSame(sum, TGroup.LeftJacobian(xi) * delta, 1e-12);
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Jacobians_are_the_derivatives_of_Exp(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        const double h = 1e-5;
        TTangent xi = NextTangent(rng, low, high), delta = NextTangent(rng);
        TGroup inverse = TGroup.Exp(xi).Inverse(), ahead = TGroup.Exp(xi + delta * h), behind = TGroup.Exp(xi - delta * h);

        TTangent left = ((ahead * inverse).Log() - (behind * inverse).Log()) * (0.5 / h);
        TTangent right = ((inverse * ahead).Log() - (inverse * behind).Log()) * (0.5 / h);

        // Central difference: h²·third derivative + rounding/h.
        AssertSame(TGroup.LeftJacobian(xi) * delta, left, 1e-7);
        AssertSame(TGroup.RightJacobian(xi) * delta, right, 1e-7);
    });

    [Theory, MemberData(nameof(AngleBands.All), MemberType = typeof(AngleBands))]
    public void Left_and_right_Jacobian_differ_by_the_adjoint(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TTangent xi = NextTangent(rng, low, high), delta = NextTangent(rng);

        AssertSame(TGroup.LeftJacobian(xi) * delta, TGroup.Exp(xi).Adjoint() * (TGroup.RightJacobian(xi) * delta));
        AssertSame(TGroup.LeftJacobian(-xi) * delta, TGroup.RightJacobian(xi) * delta, 0);
        AssertSame(TGroup.LeftJacobianInverse(-xi) * delta, TGroup.RightJacobianInverse(xi) * delta, 0);
    });

    [Theory, MemberData(nameof(AngleBands.Principal), MemberType = typeof(AngleBands))]
    public void Inverse_Jacobians_undo_the_Jacobians(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TTangent xi = NextTangent(rng, low, high), delta = NextTangent(rng);

        AssertSame(delta, TGroup.LeftJacobianInverse(xi) * (TGroup.LeftJacobian(xi) * delta));
        AssertSame(delta, TGroup.RightJacobian(xi) * (TGroup.RightJacobianInverse(xi) * delta));
    });

    [Theory, MemberData(nameof(AngleBands.Principal), MemberType = typeof(AngleBands))]
    public void Geodesic_meets_both_ends_and_halves(double low, double high) => ForAll.Seeds(Seeds, rng =>
    {
        TGroup a = TGroup.Exp(NextTangent(rng)), b = a * TGroup.Exp(NextTangent(rng, low, high));

        TGroup middle = Geodesic.Between<TGroup, TTangent>(a, b, 0.5);

        AssertSame(a, Geodesic.Between<TGroup, TTangent>(a, b, 0));
        AssertSame(b, Geodesic.Between<TGroup, TTangent>(a, b, 1));
        AssertSame(a.Inverse() * middle, middle.Inverse() * b);
    });

    [Fact]
    public void Spline_velocity_is_the_derivative_of_the_spline() => ForAll.Seeds(Seeds, rng =>
    {
        const double h = 1e-5;
        TGroup c0 = TGroup.Exp(NextTangent(rng)), c1 = c0 * TGroup.Exp(NextTangent(rng, 0, 2)), c2 = c1 * TGroup.Exp(NextTangent(rng, 0, 2)), c3 = c2 * TGroup.Exp(NextTangent(rng, 0, 2));
        CubicBSplineSegment<TGroup, TTangent> segment = new(c0, c1, c2, c3);
        double u = rng.NextUniform(0.01, 0.99);
        TGroup inverse = segment.At(u).Inverse();

        TTangent difference = ((inverse * segment.At(u + h)).Log() - (inverse * segment.At(u - h)).Log()) * (0.5 / h);

        AssertSame(segment.BodyVelocity(u), difference, 1e-7);
    });

    private void AssertSame(TGroup expected, TGroup actual, double tolerance = Tolerance)
    {
        double distance = Distance(expected, actual);
        Assert.True(distance <= tolerance, $"{actual}, expected {expected}, off by {distance:G3}.");
    }

    private static void AssertSame(TTangent expected, TTangent actual, double tolerance = Tolerance)
    {
        double distance = (actual - expected).Length / Math.Max(1, expected.Length);
        Assert.True(distance <= tolerance, $"{actual}, expected {expected}, off by {distance:G3}.");
    }
}
