namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>SO(3) × R³ is a Lie group.</summary>
public class SplitPoseLawTests : LieGroupLaws<SplitPose, SE3Tangent, Matrix6d>
{
    protected override SE3Tangent NextTangent(Random rng, double low, double high) => new(rng.NextUniform(0, 3) * rng.NextUnitVector(), rng.NextRotationVector(low, high));

    protected override double Distance(SplitPose a, SplitPose b) => GoldenGroups.MatrixDistance(a.ToSE3().RowMajor4x4(), b.ToSE3().RowMajor4x4());
}
