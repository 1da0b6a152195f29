using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>How well a score of single frames follows their true damage, the root mean square to the room seen from the same pose.</summary>
/// <param name="CleanScore">Mean score of undamaged frames.</param>
/// <param name="GroupCorrelation">
/// Mean correlation of the score with minus the damage inside of groups of one frame damaged in twelve ways as a generator does: what advantages are made of.
/// </param>
/// <param name="ClipCorrelation">The same inside of groups of the six frames of a clip, each damaged twice: the views differ too.</param>
/// <param name="MixedCorrelation">The same over frames damaged in every way, all together.</param>
internal sealed record PictureQualityFloor(double CleanScore, double GroupCorrelation, double ClipCorrelation, double MixedCorrelation)
{
    private const int GroupSize = 2 * MiniatureWorld.PathPoses, Groups = 200;

    /// <summary>Measures a score, [N, 768] to [N], larger is better.</summary>
    public static PictureQualityFloor Measure(Func<Tensor, Tensor> score, FramePool pool, ulong seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using FrameCorruption generated = new(FrameCorruptionOptions.Generated, seed), everything = new(new(), seed);
        Tensor frames = arange(Groups, dtype: ScalarType.Int64) * (pool.Count / Groups);
        FrameBatch similar = generated.Spoil(pool, frames.repeat_interleave(GroupSize));
        FrameBatch clips = generated.Spoil(pool, arange(pool.Count, dtype: ScalarType.Int64).repeat_interleave(2));
        FrameBatch all = everything.Spoil(pool, arange(pool.Count, dtype: ScalarType.Int64));
        return new(
            score(pool.Plain).mean().ToDouble(), Correlations(score(similar.Pictures).view(Groups, GroupSize), Quality(similar).view(Groups, GroupSize)),
            Correlations(score(clips.Pictures).view(-1, GroupSize), Quality(clips).view(-1, GroupSize)),
            Correlations(score(all.Pictures).view(1, -1), Quality(all).view(1, -1)));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"clean score {CleanScore:0.0000}, correlation with the damage {GroupCorrelation:0.000} in groups, {ClipCorrelation:0.000} in clips, {MixedCorrelation:0.000} over all");

    private static Tensor Quality(FrameBatch batch) => -batch.Error.sqrt();

    // Mean over rows of their correlation.
    private static double Correlations(Tensor a, Tensor b)
    {
        Tensor x = a - a.mean([1L], keepdim: true), y = b - b.mean([1L], keepdim: true);
        return ((x * y).sum(1) / (x.square().sum(1) * y.square().sum(1)).sqrt()).mean().ToDouble();
    }
}
