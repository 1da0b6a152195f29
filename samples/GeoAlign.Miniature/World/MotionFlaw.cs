using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Miniature;

/// <summary>
/// How far a training clip falls short of the path it is labelled with: it moves κ times the translation and ρ times the rotation vectors.
/// The stand-in for the wrong scale that up-to-scale camera labels teach a video generator.
/// </summary>
/// <param name="TranslationFactor">κ.</param>
/// <param name="RotationFactor">ρ.</param>
internal readonly record struct MotionFlaw(double TranslationFactor, double RotationFactor)
{
    /// <summary>A clip that does what its label says.</summary>
    public static MotionFlaw None => new(1, 1);

    /// <summary>κ uniform in (0.35, 1), ρ uniform in (0.6, 1), independent.</summary>
    public static MotionFlaw Draw(CounterRandom random) => new(0.35 + 0.65 * random.Uniform(0), 0.6 + 0.4 * random.Uniform(1));

    /// <summary>The pose that the clip really has where its label says <paramref name="relative"/> (relative to frame 0).</summary>
    public SE3 Applied(in SE3 relative) => new(SO3.Exp(RotationFactor * relative.Rotation.Log()), TranslationFactor * relative.Translation);

    /// <summary>The path that the clip really takes.</summary>
    /// <param name="labelled">Poses relative to frame 0.</param>
    public CameraTrajectory Applied(CameraTrajectory labelled)
    {
        SE3[] poses = new SE3[labelled.Count];
        for (int i = 0; i < poses.Length; i++) poses[i] = Applied(labelled[i]);
        return new(poses);
    }
}
