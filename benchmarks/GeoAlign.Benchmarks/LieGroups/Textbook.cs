using System.Numerics;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.LieGroups;

/// <summary>The baselines: the formulas of any textbook over System.Math, without care for small angles, π, drift or size.</summary>
internal static class Textbook
{
    public readonly record struct Quat(double W, double X, double Y, double Z);

    public static Quat Of(SO3 r) => new(r.W, r.X, r.Y, r.Z);

    /// <summary>Axis and angle to quaternion.</summary>
    public static Quat Exp(Vector3d omega)
    {
        double theta = omega.Length;
        double s = Math.Sin(theta / 2) / theta;
        return new(Math.Cos(theta / 2), s * omega.X, s * omega.Y, s * omega.Z);
    }

    /// <summary>By the arc cosine of w.</summary>
    public static Vector3d Log(Quat q)
    {
        double factor = 2 * Math.Acos(q.W) / Math.Sqrt(1 - q.W * q.W);
        return new(factor * q.X, factor * q.Y, factor * q.Z);
    }

    /// <summary>Product without normalisation.</summary>
    public static Quat Compose(Quat a, Quat b) => new(
        a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z,
        a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
        a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
        a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W);

    /// <summary>q·p·q*.</summary>
    public static Vector3d Rotate(Quat q, Vector3d p)
    {
        Quat r = Compose(Compose(q, new(0, p.X, p.Y, p.Z)), new(q.W, -q.X, -q.Y, -q.Z));
        return new(r.X, r.Y, r.Z);
    }

    /// <summary>Left Jacobian by its definition.</summary>
    public static Matrix3d LeftJacobian(Vector3d omega)
    {
        double t = omega.Length;
        Matrix3d hat = Matrix3d.Hat(omega);
        return Matrix3d.Identity + (1 - Math.Cos(t)) / (t * t) * hat + (t - Math.Sin(t)) / (t * t * t) * (hat * hat);
    }

    /// <summary>Exponential map of a pose with matrices.</summary>
    public static (Quat Rotation, Vector3d Translation) Exp(SE3Tangent xi) => (Exp(xi.Omega), LeftJacobian(xi.Omega) * xi.Rho);

    /// <summary>Newton's polar iteration, to convergence.</summary>
    public static Matrix3d Polar(Matrix3d x)
    {
        for (int step = 0; step < 30; step++)
        {
            Vector3d a = x.Column(0), b = x.Column(1), c = x.Column(2);
            Matrix3d next = 0.5 * (x + 1 / x.Determinant * Matrix3d.FromColumns(Vector3d.Cross(b, c), Vector3d.Cross(c, a), Vector3d.Cross(a, b)));
            Matrix3d change = next - x;
            x = next;
            if ((change.Transpose() * change).Trace < 1e-28) break;
        }

        return x;
    }

    /// <summary>System.Numerics, float32.</summary>
    public static Quaternion Exp(Vector3 omega)
    {
        float theta = omega.Length();
        return Quaternion.CreateFromAxisAngle(omega / theta, theta);
    }
}
