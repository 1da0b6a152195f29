namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Sim(3) against 60-digit values: 154 tangents, σ of 0, ±1e-14 … ±5, rotation angles up to π − 1e-6.</summary>
public class Sim3GoldenTests
{
    private static readonly FixtureTensors Golden = GoldenGroups.Load("sim3");
    private static readonly int Count = Golden["zeta"].Shape[0];

    private static Sim3Tangent Zeta(int index) => Sim3Tangent.FromSpan(Golden["zeta"].Row(index));

    [Fact]
    public void Exp_gives_the_similarity()
    {
        for (int i = 0; i < Count; i++)
            GoldenGroups.MatrixNear(Golden["S"].Row(i), Sim3.Exp(Zeta(i)).RowMajor4x4(), $"S[{i}]");
    }

    [Fact]
    public void W_is_accurate_relative_to_its_own_size()
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> expected = Golden["W"].Row(i);
            double largest = 0;
            foreach (double entry in expected) largest = Math.Max(largest, Math.Abs(entry));

            Near.Equal(expected, Sim3.LeftJacobian(Zeta(i)).Block(0, 0).RowMajor(), GoldenGroups.MatrixTolerance * largest, 0, $"W[{i}]");
        }
    }

    [Fact]
    public void Log_undoes_Exp()
    {
        for (int i = 0; i < Count; i++)
        {
            Sim3Tangent zeta = Zeta(i);

            Sim3Tangent back = Sim3.Exp(zeta).Log();

            // The scale is stored as s, so σ has its absolute rounding and ρ the same in proportion to its length.
            GoldenGroups.LogNear(zeta.Omega, back.Omega, $"ω[{i}]");
            double error = (back - zeta).Length;
            Assert.True(error <= GoldenGroups.MatrixTolerance * Math.Max(1, zeta.Length), $"ζ[{i}]: {back}, expected {zeta}, off by {error:G3}.");
        }
    }

    [Fact]
    public void Similarity_survives_its_matrix()
    {
        for (int i = 0; i < Count; i++)
        {
            Sim3 read = Sim3.FromRowMajor3x4(Golden["S"].Row(i));

            GoldenGroups.MatrixNear(Golden["S"].Row(i), read.RowMajor4x4(), $"S[{i}]");
        }
    }

    [Fact]
    public void Adjoint_matrix()
    {
        for (int i = 0; i < Count; i++)
            GoldenGroups.MatrixNear(Golden["Adjoint"].Row(i), Sim3.Exp(Zeta(i)).Adjoint().RowMajor(), $"Adjoint[{i}]");
    }

    [Fact]
    public void Left_Jacobian()
    {
        for (int i = 0; i < Count; i++)
            GoldenGroups.MatrixNear(Golden["Jl"].Row(i), Sim3.LeftJacobian(Zeta(i)).RowMajor(), $"Jl[{i}]");
    }
}
