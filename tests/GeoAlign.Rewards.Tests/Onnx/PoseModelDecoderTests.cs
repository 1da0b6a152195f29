using System.Collections.Immutable;

namespace GeoAlign.Rewards.Tests.Onnx;

public class PoseModelDecoderTests
{
    [Fact]
    public void Confidence_is_the_mean_logit_of_the_valid_pixels()
    {
        PoseModelOutput output = Output(
            confidence: [1 + MathF.Exp(2), 1 + MathF.Exp(4), 1 + MathF.Exp(-9), 1 + MathF.Exp(1), 1 + MathF.Exp(1), 1 + MathF.Exp(1)],
            valid: [0.9f, 0.6f, 0.5f, 0.1f, 0.2f, 0.3f]);

        ImmutableArray<FrameConfidence> frames = PoseModelDecoder.Confidence(output, 0)!.Value;

        Assert.Equal(3, frames[0].MeanLogConfidence!.Value, 1e-6);
        Assert.Equal(2.0 / 3, frames[0].ValidFraction!.Value, 1e-12);
        Assert.Equal(double.NegativeInfinity, frames[1].MeanLogConfidence);
        Assert.Equal(0, frames[1].ValidFraction);
    }

    [Fact]
    public void Without_a_mask_every_pixel_counts()
    {
        ImmutableArray<FrameConfidence> frames = PoseModelDecoder.Confidence(Output(confidence: [1 + MathF.Exp(2), 1 + MathF.Exp(-1), 2, 2, 2, 2]), 0)!.Value;

        Assert.Equal((2.0 - 1 + 0) / 3, frames[0].MeanLogConfidence!.Value, 1e-6);
        Assert.Null(frames[0].ValidFraction);
        Assert.Equal(0, frames[1].MeanLogConfidence!.Value, 1e-12);
    }

    [Fact]
    public void Confidence_of_exactly_one_is_low_but_finite()
    {
        ImmutableArray<FrameConfidence> frames = PoseModelDecoder.Confidence(Output(confidence: [1, 1, 1, 1, float.NaN, 1]), 0)!.Value;

        Assert.Equal(-24 * Math.Log(2), frames[0].MeanLogConfidence!.Value, 1e-12);
        Assert.Equal(double.NegativeInfinity, frames[1].MeanLogConfidence);
    }

    [Fact]
    public void Frame_confidence_is_taken_as_it_is()
    {
        PoseModelOutput output = Output(valid: [1, 1, 0, 1, 1, 1]) with { FrameConfidence = new float[] { 0.5f, float.NaN } };

        ImmutableArray<FrameConfidence> frames = PoseModelDecoder.Confidence(output, 0)!.Value;

        Assert.Equal(new FrameConfidence(0.5, 2.0 / 3), frames[0]);
        Assert.Equal(new FrameConfidence(double.NegativeInfinity, 1), frames[1]);
    }

    [Fact]
    public void Network_without_confidence_has_none() => Assert.Null(PoseModelDecoder.Confidence(Output(), 0));

    [Fact]
    public void Each_scene_gets_its_own_numbers()
    {
        PoseModelOutput output = new()
        {
            Scenes = 2,
            Frames = 1,
            Format = PoseFormat.QuaternionXyzw,
            Rotations = new float[] { 0, 0, 0, 1, 0, 0, 1, 0 },
            Translations = new float[] { 1, 2, 3, 4, 5, 6 },
            MetricScale = new float[] { 2, 3 },
            FrameConfidence = new float[] { 7, 8 },
        };
        PoseModelDecoder decoder = new(new() { Scale = TranslationScale.Factored }, new());

        PoseEstimate first = decoder.Decode(output, 0).Estimate!, second = decoder.Decode(output, 1).Estimate!;

        Assert.Equal(new(2, 4, 6), first.ReferenceResidual.Translation);
        Assert.Equal(new(12, 15, 18), second.ReferenceResidual.Translation);
        Assert.Equal((2, 3), (first.MetricScale, second.MetricScale));
        Assert.Equal(8, second.Confidence!.Value[0].MeanLogConfidence);
        Assert.Equal(1, second.ReferenceResidual.Rotation.Z, 1e-12);
    }

    [Fact]
    public void Frame_that_is_not_finite_is_rejected_with_its_number()
    {
        PoseModelOutput output = Output() with { Rotations = new float[] { 0, 0, 0, 1, 0, float.NaN, 0, 1 } };

        PoseEstimate estimate = new PoseModelDecoder(new(), new()).Decode(output, 0).Estimate!;

        Assert.Equal<FrameRejection>([new FrameRejection(1, "pose not finite")], estimate.Rejections);
    }

    [Fact]
    public void Scale_factor_that_is_not_finite_fails_the_scene()
    {
        PoseModelOutput output = Output() with { MetricScale = new float[] { float.NaN } };

        Assert.Contains("scale factor", new PoseModelDecoder(new() { Scale = TranslationScale.Factored }, new()).Decode(output, 0).Reason, StringComparison.Ordinal);
    }

    /// <summary>One scene of two frames with identity poses and maps of three pixels.</summary>
    private static PoseModelOutput Output(float[]? confidence = null, float[]? valid = null) => new()
    {
        Scenes = 1,
        Frames = 2,
        Format = PoseFormat.QuaternionXyzw,
        Rotations = new float[] { 0, 0, 0, 1, 0, 0, 0, 1 },
        Translations = new float[6],
        Confidence = confidence,
        ValidMask = valid,
    };
}
