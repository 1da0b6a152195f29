namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Random elements for the property tests.</summary>
internal static class RandomGroups
{
    public static double NextUniform(this Random rng, double low, double high) => low + (high - low) * rng.NextDouble();

    public static double NextLogUniform(this Random rng, double low, double high) => Math.Exp(rng.NextUniform(Math.Log(low), Math.Log(high)));

    public static Vector3d NextUnitVector(this Random rng)
    {
        while (true)
        {
            Vector3d v = new(rng.NextUniform(-1, 1), rng.NextUniform(-1, 1), rng.NextUniform(-1, 1));
            if (v.Length is > 0.1 and < 1) return v / v.Length;
        }
    }

    /// <summary>A rotation vector with its angle in a band.</summary>
    public static Vector3d NextRotationVector(this Random rng, double low, double high) => rng.NextUniform(low, high) * rng.NextUnitVector();

    public static SO3 NextRotation(this Random rng) => SO3.Exp(rng.NextRotationVector(0, Math.PI));

    /// <summary>Lengths from micrometres to kilometres.</summary>
    public static Vector3d NextTranslation(this Random rng) => rng.NextLogUniform(1e-6, 1e3) * rng.NextUnitVector();

    public static SE3 NextPose(this Random rng) => new(rng.NextRotation(), rng.NextTranslation());

    public static Matrix3d NextMatrix(this Random rng) => Matrix3d.FromColumns(
        rng.NextUniform(0.1, 1) * rng.NextUnitVector(), rng.NextUniform(0.1, 1) * rng.NextUnitVector(), rng.NextUniform(0.1, 1) * rng.NextUnitVector());

    /// <summary>A symmetric matrix with eigenvalues in a band, in random directions.</summary>
    public static Matrix3d NextPositiveDefinite(this Random rng, double low, double high)
    {
        Matrix3d directions = rng.NextRotation().ToMatrix();
        Matrix3d sizes = new(rng.NextUniform(low, high), 0, 0, 0, rng.NextUniform(low, high), 0, 0, 0, rng.NextUniform(low, high));
        return directions * sizes * directions.Transpose();
    }
}
