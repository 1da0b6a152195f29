using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>What the pose networks minimise.</summary>
internal static class PoseLoss
{
    // Where an error starts to count by its size instead of its square: about the error of a trained network, so that frames damaged beyond
    // reading do not rule the gradient.
    private const double KneeMetres = 0.03, KneeRadians = 0.012;

    // Share of the damage estimate, and the damage under which frames count as equally clean.
    private const double DamageWeight = 0.05, DamageFloor = 1e-3;

    /// <summary>
    /// Mean of √(1 + (|Δp|/3 cm)²) + √(1 + (|Δω|/0.012)²) − 2 (ours: pseudo-Huber in the units of the reward), plus the square error of the log damage.
    /// </summary>
    /// <param name="output">[N, 7].</param>
    /// <param name="batch">What is true.</param>
    public static Tensor Of(Tensor output, FrameBatch batch)
    {
        Tensor error = (output.narrow(1, 0, PoseCoordinates.Count) - batch.Pose) * TensorValues.From(PoseCoordinates.Scale, PoseCoordinates.Count);
        Tensor pose = Knee(error.narrow(1, 0, 3), KneeMetres) + Knee(error.narrow(1, 3, 3), KneeRadians);
        Tensor damage = (output.narrow(1, PoseCoordinates.Count, 1) - LogDamage(batch.Error)).square();
        return pose.mean() + DamageWeight * damage.mean();
    }

    /// <summary>log(e + 10⁻³) of mean square damage e.</summary>
    public static Tensor LogDamage(Tensor error) => (error + DamageFloor).log();

    private static Tensor Knee(Tensor error, double knee) => (1 + error.square().sum(1) / (knee * knee)).sqrt() - 1;
}
