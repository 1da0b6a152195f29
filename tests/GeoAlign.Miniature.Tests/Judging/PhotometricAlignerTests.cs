using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class PhotometricAlignerTests
{
    private static readonly RoomRenderer Renderer = MovedClips.Renderer;

    public static TheoryData<double, double, double, double> Motions => new()
    {
        // κ, ρ, and 1.4 times the mean errors measured on 160 clips at noise 0.1 (metres, degrees).
        { 0.5, 0.75, 0.021, 0.43 }, { 0.65, 0.76, 0.02, 0.44 }, { 0.8, 0.9, 0.015, 0.32 },
    };

    [Theory, MemberData(nameof(Motions))]
    public void Noisy_moved_clips_are_aligned_to_centimetres(double kappa, double rho, double metresBar, double degreesBar)
    {
        MiniatureCase[] cases = MovedClips.Cases(24);
        MotionFlaw motion = new(kappa, rho);

        CameraTrajectory[] estimated = [.. cases.Select(c => Aligner(c).Estimate(MovedClips.Render(c, motion, 0.1).Span))];

        (double metres, double degrees, double _) = MovedClips.Errors(cases, motion, estimated);
        Assert.True(metres < metresBar && degrees < degreesBar, $"{metres} m, {degrees}°");
        double scale = estimated.Zip(cases, (e, c) => ClipJudgement.Of(e, c.Requested, 0, 1).TranslationScale!.Value).Average();
        Assert.Equal(kappa, scale, 0.025);
    }

    [Fact]
    public void A_longer_way_reads_longer()
    {
        // What a reward needs: order, over the whole range of the flaw.
        MiniatureCase drawn = MovedClips.Cases(1)[0];
        PhotometricAligner aligner = Aligner(drawn);

        double[] scales =
        [
            .. new[] { 0.3, 0.5, 0.7, 0.9, 1.1 }.Select(kappa => ClipJudgement.Of(
                aligner.Estimate(MovedClips.Render(drawn, new(kappa, 0.5 + 0.5 * kappa), 0.05).Span), drawn.Requested, 0, 1).TranslationScale!.Value),
        ];

        for (int i = 1; i < scales.Length; i++) Assert.True(scales[i] > scales[i - 1] + 0.1, string.Join(", ", scales));
    }

    [Fact]
    public void A_rollout_is_read_alike_whatever_was_read_before()
    {
        MiniatureCase drawn = MovedClips.Cases(1)[0];
        PhotometricAligner aligner = Aligner(drawn);
        ReadOnlyMemory<float>[] rollouts = [.. new[] { 0.4, 0.6, 0.8, 1 }.Select(kappa => MovedClips.Render(drawn, new(kappa, 0.8), 0.1))];

        CameraTrajectory[] forward = [.. rollouts.Select(r => aligner.Estimate(r.Span))];
        CameraTrajectory[] backward = [.. rollouts.Reverse().Select(r => aligner.Estimate(r.Span)).Reverse()];
        CameraTrajectory[] parallel = new CameraTrajectory[4];
        Parallel.For(0, 4, i => parallel[i] = aligner.Estimate(rollouts[i].Span));
        CameraTrajectory fresh = Aligner(drawn).Estimate(rollouts[3].Span);

        Assert.Equal(forward, backward);
        Assert.Equal(forward, parallel);
        Assert.Equal(forward[3], fresh);
        Assert.NotEqual(forward[0], forward[3]);
    }

    [Fact]
    public void A_frame_tells_its_own_pose_only()
    {
        MiniatureCase drawn = MovedClips.Cases(1)[0];
        float[] clip = MovedClips.Render(drawn, new(0.7, 0.8), 0).ToArray(), changed = [.. clip];
        changed.AsSpan(2 * Renderer.FrameLength, Renderer.FrameLength).Clear();
        PhotometricAligner aligner = Aligner(drawn);

        CameraTrajectory before = aligner.Estimate(clip), after = aligner.Estimate(changed);

        for (int k = 0; k < 6; k++) Assert.Equal(k != 3, before[k] == after[k]);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        MiniatureCase drawn = MovedClips.Cases(1)[0];
        PhotometricAligner aligner = Aligner(drawn);
        float[] clip = new float[5 * Renderer.FrameLength];
        clip[9] = float.NaN;

        Assert.Contains("Number 9", Assert.Throws<ArgumentException>(() => aligner.Estimate(clip)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => aligner.Estimate(new float[10]));
        Assert.Throws<ArgumentException>(() => new PhotometricAligner(Renderer, drawn.StartCameraToWorld, new([SE3.Identity])));
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PhotometricAlignerOptions
        {
            Multiples = [], RidgePerSquareMetre = 0, RidgePerSquareRadian = double.NaN, Temperature = 0, DistancePenalty = -1, AnglePenalty = -1,
        }.Validated());
        foreach (string name in new[] { "Multiples", "RidgePerSquareMetre", "RidgePerSquareRadian", "Temperature", "DistancePenalty", "AnglePenalty" })
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static PhotometricAligner Aligner(MiniatureCase drawn) => new(Renderer, drawn.StartCameraToWorld, drawn.Requested);
}
