using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class PhotometricJudgeTests
{
    private static readonly RoomRenderer Renderer = MovedClips.Renderer;

    [Fact]
    public void Clean_clips_that_do_as_asked_are_found_to_a_tenth_of_a_millimetre()
    {
        MiniatureCase[] cases = MovedClips.Cases(12);

        ClipJudgement[] judged = Judge(cases, MotionFlaw.None, 0);

        (double _, double degrees, double largest) = MovedClips.Errors(cases, MotionFlaw.None, judged.Select(j => j.Estimated));
        Assert.True(largest < 1e-4 && degrees < 1e-3, $"largest error {largest} m, mean {degrees}°");
        JudgementSummary summary = JudgementSummary.Of(judged);
        Assert.Equal(1, summary.TranslationScale!.Value, 1e-4);
        Assert.Equal(1, summary.RotationScale!.Value, 1e-4);
        Assert.Equal(1, summary.Sharpness, 1e-3);
        Assert.InRange(summary.ResidualRms, 0, 1e-3);
    }

    [Fact]
    public void Noisy_clips_that_move_half_as_asked_are_found_to_two_centimetres()
    {
        MiniatureCase[] cases = MovedClips.Cases(24);
        MotionFlaw half = new(0.5, 0.5);

        ClipJudgement[] judged = Judge(cases, half, 0.05);

        // Measured on 160 clips: 1.2 cm and 0.24°.
        (double metres, double degrees, double _) = MovedClips.Errors(cases, half, judged.Select(j => j.Estimated));
        Assert.True(metres < 0.018 && degrees < 0.36, $"{metres} m, {degrees}°");
        JudgementSummary summary = JudgementSummary.Of(judged);
        Assert.Equal(0.5, summary.TranslationScale!.Value, 0.01);
        Assert.Equal(0.5, summary.RotationScale!.Value, 0.03);
        Assert.Equal(0.05, summary.ResidualRms, 0.003);
        Assert.True(summary.TranslationErrorMetres > 0.15, "half of the way is missing and must show");
        Assert.True(summary.ScaleAlignedTranslationErrorMetres < 0.05, "the direction is right");
    }

    [Fact]
    public void Translation_and_rotation_are_told_apart()
    {
        MiniatureCase[] cases = MovedClips.Cases(10);

        JudgementSummary slow = JudgementSummary.Of(Judge(cases, new(0.4, 1), 0.05)), stiff = JudgementSummary.Of(Judge(cases, new(1, 0.6), 0.05));

        Assert.Equal(0.4, slow.TranslationScale!.Value, 0.03);
        Assert.Equal(1, slow.RotationScale!.Value, 0.04);
        Assert.Equal(1, stiff.TranslationScale!.Value, 0.03);
        Assert.Equal(0.6, stiff.RotationScale!.Value, 0.04);
    }

    [Fact]
    public void Blurred_clips_are_less_sharp_than_the_room()
    {
        MiniatureCase drawn = MovedClips.Cases(1)[0];
        ReadOnlyMemory<float> sharp = MovedClips.Render(drawn, MotionFlaw.None, 0);
        float[] blurred = new float[sharp.Length];
        BinomialBlur.Apply(sharp.Span, 16, 16, blurred);

        ClipJudgement judged = new PhotometricJudge(Renderer).Judge(drawn.StartCameraToWorld, drawn.Requested, blurred);

        Assert.InRange(judged.Sharpness, 0.2, 0.8);
        Assert.True(judged.TranslationErrorMetres < 0.06, $"{judged.TranslationErrorMetres} m");
    }

    [Fact]
    public void Clips_do_not_depend_on_threads_or_neighbours()
    {
        MiniatureCase[] cases = MovedClips.Cases(6);
        ReadOnlyMemory<float>[] clips = [.. cases.Select(c => MovedClips.Render(c, new(0.7, 0.8), 0.1))];

        ClipJudgement[] together = new PhotometricJudge(Renderer, new() { Threads = 2 }).JudgeAll(cases, clips);

        PhotometricJudge one = new(Renderer);
        for (int i = 0; i < cases.Length; i++)
        {
            ClipJudgement alone = one.Judge(cases[i].StartCameraToWorld, cases[i].Requested, clips[i].Span);
            Assert.Equal(alone.Estimated, together[i].Estimated);
            Assert.Equal(alone with { Estimated = together[i].Estimated }, together[i]);
        }
    }

    [Fact]
    public void A_frame_is_found_without_allocation()
    {
        MiniatureCase drawn = MovedClips.Cases(1)[0];
        float[] frame = MovedClips.Render(drawn, new(0.5, 0.8), 0.1)[..Renderer.FrameLength].ToArray();
        FrameAlignment alignment = new(Renderer);
        PhotometricJudgeOptions options = new();
        SE3 first = alignment.Find(frame, drawn.StartCameraToWorld, drawn.Requested[1], options);
        long before = GC.GetAllocatedBytesForCurrentThread();

        SE3 second = alignment.Find(frame, drawn.StartCameraToWorld, drawn.Requested[1], options);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(first, second);
    }

    [Fact]
    public void Bad_clips_are_refused_by_name()
    {
        MiniatureCase drawn = MovedClips.Cases(1)[0];
        PhotometricJudge judge = new(Renderer);
        float[] clip = MovedClips.Render(drawn, MotionFlaw.None, 0).ToArray(), infinite = [.. clip], notANumber = [.. clip];
        (infinite[5], notANumber[7]) = (float.PositiveInfinity, float.NaN);

        Assert.Contains("Number 5 of clip 0", Assert.Throws<ArgumentException>(() => judge.JudgeAll([drawn], [infinite])).Message, StringComparison.Ordinal);
        Assert.Contains("Number 7", Assert.Throws<ArgumentException>(() => judge.Judge(drawn.StartCameraToWorld, drawn.Requested, notANumber)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => judge.Judge(drawn.StartCameraToWorld, drawn.Requested, clip.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => judge.JudgeAll([drawn], []));
    }

    [Fact]
    public void A_grey_clip_gets_a_judgement_and_a_large_residual()
    {
        MiniatureCase drawn = MovedClips.Cases(1)[0];

        ClipJudgement judged = new PhotometricJudge(Renderer).Judge(drawn.StartCameraToWorld, drawn.Requested, new float[5 * Renderer.FrameLength]);

        Assert.True(judged.ResidualRms > 0.2 && judged.Sharpness == 0 && double.IsFinite(judged.TranslationErrorMetres));
    }

    [Fact]
    public void Bad_options_are_refused_together()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PhotometricJudge(Renderer, new()
        {
            TranslationStarts = [], RotationStarts = [double.NaN], BlurredIterations = -1, Iterations = 0, Threads = 0,
        }));

        foreach (string name in new[] { "TranslationStarts", "RotationStarts", "BlurredIterations", "Iterations", "Threads" })
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static ClipJudgement[] Judge(MiniatureCase[] cases, MotionFlaw motion, double noise) =>
        new PhotometricJudge(Renderer).JudgeAll(cases, [.. cases.Select(c => MovedClips.Render(c, motion, noise))]);
}
