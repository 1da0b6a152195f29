using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>Turns four numbers of a file into a rotation, or says why they are none.</summary>
internal static class FileQuaternion
{
    private const double SmallestNorm = 1e-6;

    /// <summary>
    /// The rotation of a quaternion of any length but (nearly) zero; null when it is one, else the problem and what was expected.
    /// </summary>
    public static string? ProblemOf(double w, double x, double y, double z, out SO3 rotation)
    {
        double norm = Math.Sqrt(w * w + x * x + y * y + z * z);
        if (!(norm >= SmallestNorm))
        {
            rotation = SO3.Identity;
            return string.Create(CultureInfo.InvariantCulture,
                $"quaternion of length {norm:G3}, expected a unit quaternion (at least {SmallestNorm:G3})");
        }

        rotation = SO3.FromQuaternionWxyz(w, x, y, z);
        return null;
    }
}
