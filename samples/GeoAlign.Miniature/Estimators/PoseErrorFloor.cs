using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>How well a pose network reads frames of one kind that it was not trained on.</summary>
/// <param name="Frames">What the frames are like.</param>
/// <param name="DamageRms">Root mean square of pictures minus clean ones.</param>
/// <param name="TranslationErrorMetres">Mean distance of the positions.</param>
/// <param name="RotationErrorRadians">Mean length of the difference of the rotation vectors.</param>
/// <param name="DamageCorrelation">Correlation of estimated and true log damage; NaN where there is none.</param>
internal sealed record PoseErrorFloor(string Frames, double DamageRms, double TranslationErrorMetres, double RotationErrorRadians, double DamageCorrelation)
{
    /// <summary>The kinds that are always looked at.</summary>
    public static IReadOnlyList<(string Name, FrameCorruptionOptions Options)> Kinds { get; } =
    [
        ("clean", FrameCorruptionOptions.None),
        ("blur and noise up to 0.05", FrameCorruptionOptions.None with { BlurShare = 1, WhiteShare = 1, WhiteNoise = 0.05 }),
        ("as generated", FrameCorruptionOptions.Generated),
        ("everything", new FrameCorruptionOptions()),
    ];

    /// <summary>Measures a network on every frame of a pool, once for each kind.</summary>
    public static PoseErrorFloor[] Measure(IFrameNetwork network, FramePool pool, ulong seed)
    {
        using IDisposable noGradient = no_grad();
        PoseErrorFloor[] floors = new PoseErrorFloor[Kinds.Count];
        for (int i = 0; i < floors.Length; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            using FrameCorruption corruption = new(Kinds[i].Options, seed);
            FrameBatch batch = corruption.Spoil(pool, arange(pool.Count, dtype: ScalarType.Int64));
            Tensor output = network.forward(batch.Pictures);
            Tensor error = (output.narrow(1, 0, PoseCoordinates.Count) - batch.Pose) * TensorValues.From(PoseCoordinates.Scale, PoseCoordinates.Count);
            floors[i] = new(
                Kinds[i].Name, Math.Sqrt(batch.Error.mean().ToDouble()), error.narrow(1, 0, 3).square().sum(1).sqrt().mean().ToDouble(),
                error.narrow(1, 3, 3).square().sum(1).sqrt().mean().ToDouble(),
                Correlation(output.narrow(1, PoseCoordinates.Count, 1), PoseLoss.LogDamage(batch.Error)));
        }

        return floors;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Frames}: {100 * TranslationErrorMetres:0.00} cm, {double.RadiansToDegrees(RotationErrorRadians):0.00} deg (damage {DamageRms:0.000}, read with correlation {DamageCorrelation:0.00})");

    private static double Correlation(Tensor a, Tensor b)
    {
        Tensor x = a - a.mean(), y = b - b.mean();
        return ((x * y).mean() / (x.square().mean() * y.square().mean()).sqrt()).ToDouble();
    }
}
