namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>SE(3) is a Lie group.</summary>
public class SE3LawTests : LieGroupLaws<SE3, SE3Tangent, Matrix6d>
{
    protected override SE3Tangent NextTangent(Random rng, double low, double high) => new(rng.NextUniform(0, 3) * rng.NextUnitVector(), rng.NextRotationVector(low, high));

    protected override double Distance(SE3 a, SE3 b) => GoldenGroups.MatrixDistance(a.RowMajor4x4(), b.RowMajor4x4());
}
