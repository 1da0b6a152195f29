using System.Runtime.InteropServices;
using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>Camera paths on disk by what they were estimated from, in double precision, with the guarantees of <see cref="ArrayCache"/>.</summary>
/// <param name="options">Folder and limits.</param>
public sealed class CameraPathCache(CacheOptions options)
{
    private const int NumbersPerPose = 7;
    private readonly CacheFolder _folder = new(options);

    /// <summary>The path of a key; null when there is none, or only a damaged one.</summary>
    public CameraTrajectory? Find(CacheKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_folder.Read(key) is not { } file) return null;
        string? problem = CacheFile.TryDecode(file, key, CacheFile.Float64, out int[] shape, out ReadOnlySpan<byte> bytes);
        if (problem is null && shape is not [> 0, NumbersPerPose]) problem = $"its shape is [{string.Join(", ", shape)}], expected poses of {NumbersPerPose} numbers";
        if (problem is not null)
        {
            _folder.Drop(key, problem);
            return null;
        }

        ReadOnlySpan<double> n = MemoryMarshal.Cast<byte, double>(bytes.ToArray());
        SE3[] poses = new SE3[shape[0]];
        for (int i = 0; i < poses.Length; i++)
        {
            ReadOnlySpan<double> p = n.Slice(NumbersPerPose * i, NumbersPerPose);
            poses[i] = new(SO3.FromQuaternionWxyz(p[0], p[1], p[2], p[3]), new Vector3d(p[4], p[5], p[6]));
        }

        return new CameraTrajectory(poses);
    }

    /// <summary>Stores a path; one already there is replaced. Time stamps are not kept.</summary>
    public void Store(CacheKey key, CameraTrajectory path)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(path);
        double[] numbers = [.. path.SelectMany(p => new[] { p.Rotation.W, p.Rotation.X, p.Rotation.Y, p.Rotation.Z, p.Translation.X, p.Translation.Y, p.Translation.Z })];
        _folder.Write(key, CacheFile.Encode(key, CacheFile.Float64, [path.Count, NumbersPerPose], MemoryMarshal.AsBytes(numbers.AsSpan())));
    }
}
