using System.Numerics;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.LieGroups;

/// <summary>Arrays of random rotations, poses and points: angles 0 … 3 rad, everything else of size 1, always the same.</summary>
public sealed class Inputs
{
    private readonly Random _rng = new(20240607);

    public Inputs(int count)
    {
        Omegas = Fill(count, () => 3 * _rng.NextDouble() * UnitVector());
        Points = Fill(count, UnitVector);
        Tangents = Fill(count, i => new SE3Tangent(UnitVector(), Omegas[i]));
        Similarities = Fill(count, i => Sim3.Exp(new(UnitVector(), Omegas[i], _rng.NextDouble() - 0.5)));
        Zetas = Array.ConvertAll(Similarities, s => s.Log());
        Rotations = Array.ConvertAll(Omegas, SO3.Exp);
        Others = Fill(count, () => SO3.Exp(3 * _rng.NextDouble() * UnitVector()));
        Poses = Array.ConvertAll(Tangents, SE3.Exp);
        OtherPoses = Fill(count, i => new SE3(Others[i], Points[i]));
        Matrices = Array.ConvertAll(Rotations, r => r.ToMatrix());
        OtherMatrices = Array.ConvertAll(Others, r => r.ToMatrix());
        SingleOmegas = Array.ConvertAll(Omegas, Single);
        SinglePoints = Array.ConvertAll(Points, Single);
        SinglePoses = Array.ConvertAll(Poses, SE3Single.FromSE3);
        OtherSinglePoses = Array.ConvertAll(OtherPoses, SE3Single.FromSE3);
        Quaternions = Array.ConvertAll(SinglePoses, p => p.Rotation);
        OtherQuaternions = Array.ConvertAll(OtherSinglePoses, p => p.Rotation);
        SingleTangents = Array.ConvertAll(Tangents, t => new SE3TangentSingle(Single(t.Rho), Single(t.Omega)));
    }

    public Vector3d[] Omegas { get; }

    public Vector3d[] Points { get; }

    public SE3Tangent[] Tangents { get; }

    public Sim3Tangent[] Zetas { get; }

    public SO3[] Rotations { get; }

    public SO3[] Others { get; }

    public SE3[] Poses { get; }

    public SE3[] OtherPoses { get; }

    public Sim3[] Similarities { get; }

    public Matrix3d[] Matrices { get; }

    public Matrix3d[] OtherMatrices { get; }

    public Vector3[] SingleOmegas { get; }

    public Vector3[] SinglePoints { get; }

    public Quaternion[] Quaternions { get; }

    public Quaternion[] OtherQuaternions { get; }

    public SE3Single[] SinglePoses { get; }

    public SE3Single[] OtherSinglePoses { get; }

    public SE3TangentSingle[] SingleTangents { get; }

    private static T[] Fill<T>(int count, Func<T> next) => Fill(count, _ => next());

    private static T[] Fill<T>(int count, Func<int, T> next)
    {
        T[] items = new T[count];
        for (int i = 0; i < count; i++) items[i] = next(i);
        return items;
    }

    private Vector3d UnitVector()
    {
        while (true)
        {
            Vector3d v = new(2 * _rng.NextDouble() - 1, 2 * _rng.NextDouble() - 1, 2 * _rng.NextDouble() - 1);
            if (v.Length is > 0.1 and < 1) return v / v.Length;
        }
    }

    private static Vector3 Single(Vector3d v) => new((float)v.X, (float)v.Y, (float)v.Z);
}
