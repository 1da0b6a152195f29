using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>A rigid motion in float32, for bulk arithmetic: see <see cref="SE3Batch"/>. Single operations are those of <see cref="SE3"/>.</summary>
/// <param name="Rotation">Unit quaternion, Hamilton convention, column vectors: <c>p_a = R·p_b</c>. It is the rotation <see cref="Vector3.Transform(Vector3, Quaternion)"/> applies.</param>
/// <param name="Translation">t, metres.</param>
/// <remarks><c>default(SE3Single)</c> is not a pose.</remarks>
public readonly record struct SE3Single(Quaternion Rotation, Vector3 Translation)
{
    /// <summary>Rounds a pose to float32.</summary>
    public static explicit operator SE3Single(SE3 pose) => FromSE3(pose);

    /// <summary>Rounds a pose to float32.</summary>
    public static SE3Single FromSE3(SE3 pose) => new(
        new((float)pose.Rotation.X, (float)pose.Rotation.Y, (float)pose.Rotation.Z, (float)pose.Rotation.W),
        new((float)pose.Translation.X, (float)pose.Translation.Y, (float)pose.Translation.Z));

    /// <summary>Widens to double; the quaternion is normalised there.</summary>
    /// <exception cref="ArgumentException">The quaternion is zero or not finite.</exception>
    public SE3 ToSE3() => new(
        SO3.FromQuaternionWxyz(Rotation.W, Rotation.X, Rotation.Y, Rotation.Z),
        new(Translation.X, Translation.Y, Translation.Z));
}
