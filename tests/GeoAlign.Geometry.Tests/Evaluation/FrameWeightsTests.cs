namespace GeoAlign.Geometry.Tests;

public class FrameWeightsTests
{
    [Fact]
    public void Each_family_has_its_values()
    {
        Near.Equal([0.25, 0.5, 0.75, 1], FrameWeights.Linear(4), 1e-15);
        Near.Equal([1, 1, 1, 1], FrameWeights.Uniform(4), 0);
        Near.Equal([0, 1 / 3.0, 2 / 3.0, 1], FrameWeights.LinearFromZero(4), 1e-15);
        Near.Equal([1, 2, 3, 4], FrameWeights.Affine(4, 3), 1e-15);
        Near.Equal([1 / 16.0, 0.25, 9 / 16.0, 1], FrameWeights.Power(4, 2), 1e-15);
        Near.Equal([1, Math.Exp(0.5), Math.Exp(1), Math.Exp(1.5)], FrameWeights.Exponential(4, 1.5), 1e-15);
    }

    [Fact]
    public void One_frame_has_weight_1_in_every_family() => Assert.All(
        [FrameWeights.Linear(1), FrameWeights.Uniform(1), FrameWeights.LinearFromZero(1), FrameWeights.Affine(1, 3), FrameWeights.Power(1, 2), FrameWeights.Exponential(1, 1.5)],
        weights => Assert.Equal([1.0], weights));

    [Fact]
    public void Weights_never_fall_with_time() => Assert.Throws<ArgumentOutOfRangeException>(() => FrameWeights.Affine(3, -0.5));
}
