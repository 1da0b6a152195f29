namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Sim(3) is a Lie group.</summary>
public class Sim3LawTests : LieGroupLaws<Sim3, Sim3Tangent, Matrix7d>
{
    protected override Sim3Tangent NextTangent(Random rng, double low, double high) => new(rng.NextUniform(0, 3) * rng.NextUnitVector(), rng.NextRotationVector(low, high), rng.NextUniform(-2, 2));

    protected override double Distance(Sim3 a, Sim3 b) => GoldenGroups.MatrixDistance(a.RowMajor4x4(), b.RowMajor4x4());
}
