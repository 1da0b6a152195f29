namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>SO(3) is a Lie group.</summary>
public class SO3LawTests : LieGroupLaws<SO3, Vector3d, Matrix3d>
{
    protected override Vector3d NextTangent(Random rng, double low, double high) => rng.NextRotationVector(low, high);

    protected override double Distance(SO3 a, SO3 b) => GoldenGroups.MatrixDistance(a.ToMatrix().RowMajor(), b.ToMatrix().RowMajor());
}
