using System.Numerics;

namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>No operation on groups allocates.</summary>
public class AllocationTests
{
    private const int Repetitions = 100;

    private static readonly Vector3d Omega = new(0.3, -0.5, 0.8), Point = new(1, 2, 3);
    private static readonly SE3Tangent Xi = new(Point, Omega);
    private static readonly Sim3Tangent Zeta = new(Point, Omega, 0.4), Shrinking = new(Point, Omega, -0.4);
    private static readonly SO3 R = SO3.Exp(Omega);
    private static readonly SE3 T = SE3.Exp(Xi);
    private static readonly Sim3 S = Sim3.Exp(Zeta);
    private static readonly Matrix3d M = R.ToMatrix(), Far = 3 * M + Matrix3d.Identity;
    private static readonly CubicBSpline<SE3, SE3Tangent> Spline = new([T, T * T, T, T * T * T]);

    private static readonly Vector3d[] Vectors = new Vector3d[11], MoreVectors = new Vector3d[11];
    private static readonly SO3[] Rotations = [.. Enumerable.Repeat(R, 11)], MoreRotations = new SO3[11];
    private static readonly SE3[] Poses = [.. Enumerable.Repeat(T, 11)], MorePoses = new SE3[11];
    private static readonly SE3Tangent[] Tangents = new SE3Tangent[11];
    private static readonly Matrix3d[] Matrices = new Matrix3d[11];
    private static readonly Vector3[] Singles = new Vector3[11];
    private static readonly Quaternion[] Quaternions = [.. Enumerable.Repeat(Quaternion.Identity, 11)];
    private static readonly SE3Single[] SinglePoses = [.. Enumerable.Repeat(SE3Single.FromSE3(T), 11)];
    private static readonly SE3TangentSingle[] SingleTangents = new SE3TangentSingle[11];
    private static readonly float[] Floats = new float[99];
    private static readonly double[] Doubles = new double[132];

    private static double s_sink;

    private static readonly Dictionary<string, Action> Operations = new()
    {
        ["SO3.Exp"] = () => s_sink = SO3.Exp(Omega).W,
        ["SO3.Log"] = () => s_sink = R.Log().X,
        ["SO3 product"] = () => s_sink = (R * R).W,
        ["SO3 rotates"] = () => s_sink = (R * Point).X,
        ["SO3.ToMatrix"] = () => s_sink = R.ToMatrix().M00,
        ["SO3.FromMatrix"] = () => s_sink = SO3.FromMatrix(M).W,
        ["SO3.FromNoisyMatrix"] = () => s_sink = SO3.FromNoisyMatrix(M).W,
        ["SO3.Nearest"] = () => s_sink = SO3.Nearest(Far).W,
        ["SO3.FromQuaternionWxyz"] = () => s_sink = SO3.FromQuaternionWxyz(1, 2, 3, 4).W,
        ["SO3 Jacobians"] = () => s_sink = SO3.LeftJacobian(Omega).M00 + SO3.RightJacobian(Omega).M00 + SO3.LeftJacobianInverse(Omega).M00 + SO3.RightJacobianInverse(Omega).M00,
        ["SO3.Interpolate"] = () => s_sink = SO3.Interpolate(R, SO3.Identity, 0.3).W,
        ["SE3.Exp"] = () => s_sink = SE3.Exp(Xi).Translation.X,
        ["SE3.Log"] = () => s_sink = T.Log().Rho.X,
        ["SE3 product"] = () => s_sink = (T * T).Translation.X,
        ["SE3.Inverse"] = () => s_sink = T.Inverse().Translation.X,
        ["SE3 moves"] = () => s_sink = (T * Point).X,
        ["SE3.Adjoint"] = () => s_sink = T.Adjoint()[0, 0] + T.Adjoint(Xi).Rho.X + (T.Adjoint() * T.Adjoint()).Transpose()[0, 0],
        ["SE3 Jacobians"] = () => s_sink = SE3.LeftJacobian(Xi)[0, 0] + SE3.RightJacobian(Xi)[0, 0] + SE3.LeftJacobianInverse(Xi)[0, 0] + SE3.RightJacobianInverse(Xi)[0, 0],
        ["SE3 interpolation"] = () => s_sink = SE3.InterpolateGeodesic(T, SE3.Identity, 0.3).Translation.X + SE3.InterpolateSplit(T, SE3.Identity, 0.3).Translation.X,
        ["Sim3.Exp"] = () => s_sink = Sim3.Exp(Zeta).Scale + Sim3.Exp(Shrinking).Scale,
        ["Sim3.Log"] = () => s_sink = S.Log().Sigma + S.Inverse().Log().Sigma,
        ["Sim3 product"] = () => s_sink = (S * S).Scale,
        ["Sim3 moves"] = () => s_sink = (S * Point).X,
        ["Sim3.Adjoint"] = () => s_sink = (S.Adjoint() * S.Adjoint())[0, 0] + S.Adjoint(Zeta).Sigma,
        ["Sim3 Jacobians"] = () => s_sink = Sim3.LeftJacobian(Zeta)[0, 0] + Sim3.RightJacobian(Zeta)[0, 0] + Sim3.LeftJacobianInverse(Zeta)[0, 0] + Sim3.RightJacobianInverse(Shrinking)[0, 0],
        ["RotationMean"] = () => s_sink = RotationMean.Karcher(Rotations).W + RotationMean.Chordal(Rotations).W + RotationMean.QuaternionEigenvector(Rotations).W,
        ["CubicBSpline.At"] = () => s_sink = Spline.At(0.4).Translation.X + Spline.BodyVelocity(0.4).Rho.X,
        ["SO3Batch"] = () =>
        {
            SO3Batch.Exp(Vectors, MoreRotations);
            SO3Batch.Log(Rotations, Vectors);
            SO3Batch.Compose(Rotations, Rotations, MoreRotations);
            SO3Batch.Rotate(Rotations, Vectors, MoreVectors);
            SO3Batch.Rotate(R, Vectors, MoreVectors);
            SO3Batch.ToMatrices(Rotations, Matrices);
            SO3Batch.FromMatrices(Matrices, MoreRotations);
        },
        ["SO3Batch float32"] = () =>
        {
            SO3Batch.Exp(Singles, Quaternions);
            SO3Batch.Log(Quaternions, Singles);
            SO3Batch.Compose(Quaternions, Quaternions, Quaternions);
            SO3Batch.Rotate(Quaternions, Singles, Singles);
            SO3Batch.Rotate(R, Singles, Singles);
            SO3Batch.ToMatrices(Quaternions, Floats);
            SO3Batch.FromMatrices(Floats, Quaternions);
        },
        ["SE3Batch"] = () =>
        {
            SE3Batch.Exp(Tangents, MorePoses);
            SE3Batch.Log(Poses, Tangents);
            SE3Batch.Compose(Poses, Poses, MorePoses);
            SE3Batch.Inverse(Poses, MorePoses);
            SE3Batch.Transform(Poses, Vectors, MoreVectors);
            SE3Batch.Transform(T, Vectors, MoreVectors);
            SE3Batch.ToRowMajor3x4(Poses, Doubles);
            SE3Batch.FromRowMajor3x4(Doubles, MorePoses);
        },
        ["SE3Batch float32"] = () =>
        {
            SE3Batch.Exp(SingleTangents, SinglePoses);
            SE3Batch.Log(SinglePoses, SingleTangents);
            SE3Batch.Compose(SinglePoses, SinglePoses, SinglePoses);
            SE3Batch.Inverse(SinglePoses, SinglePoses);
            SE3Batch.Transform(SinglePoses, Singles, Singles);
            SE3Batch.Transform(T, Singles, Singles);
        },
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Operation_allocates_nothing(string name)
    {
        Action operation = Operations[name];
        operation();                                                                    // compiles, and initialises statics
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < Repetitions; i++) operation();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
