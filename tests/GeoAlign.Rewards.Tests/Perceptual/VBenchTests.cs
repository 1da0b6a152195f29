namespace GeoAlign.Rewards.Tests.Perceptual;

public class VBenchTests
{
    [Theory]
    [InlineData("consistency0")]
    [InlineData("consistency1")]
    public void Consistency_is_that_of_VBench(string name)
    {
        FixtureTensor features = Golden.File[$"{name}.features"];

        Near.Equal(Golden.File[$"{name}.per_frame"].Values, VBench.FrameConsistency(features.Values, features.Shape[1]), Golden.Tolerance);
        Assert.Equal(Golden.File[$"{name}.video_score"].Scalar, VBench.Consistency(features.Values, features.Shape[1]), Golden.Tolerance);
    }

    [Fact]
    public void Opposite_features_count_as_zero_and_not_as_minus_one() => Assert.Equal([0.0], VBench.FrameConsistency([1, 0, -1, 0], 2));

    [Fact]
    public void Consistency_looks_at_the_first_frame_as_well_as_at_the_one_before() =>
        Near.Equal([0, 0.5], VBench.FrameConsistency([1, 0, 0, 1, 0, 1], 2), 1e-15);

    [Fact]
    public void Long_videos_weigh_more_in_the_consistency_of_a_set() => Assert.Equal(0.75, VBench.ConsistencyOfSet([[1, 1, 1], [0]]));

    [Fact]
    public void Aesthetic_score_is_that_of_VBench()
    {
        double[] raw = VBench.FrameAesthetics(Golden.File["aesthetic.clip_features"].Floats(), Golden.File["aesthetic.weight"].Floats(), Golden.File["aesthetic.bias"].Scalar);

        Near.Equal(Golden.File["aesthetic.raw"].Values, raw, Golden.Tolerance);
        Assert.Equal(Golden.File["aesthetic.video_score"].Scalar, VBench.Aesthetic(raw), Golden.Tolerance);
    }

    [Fact]
    public void Imaging_quality_is_that_of_VBench() =>
        Assert.Equal(Golden.File["imaging.score"].Scalar, VBench.Imaging(Golden.File["imaging.musiq_raw"].Values), Golden.Tolerance);

    [Fact]
    public void Motion_smoothness_is_that_of_VBench() => Assert.Equal(
        Golden.File["motion.score"].Scalar, VBench.MotionSmoothness(Golden.Video("motion.frames"), Golden.Video("motion.interpolated")), Golden.Tolerance);

    [Fact]
    public void Last_frame_of_an_even_count_is_not_predicted()
    {
        VideoFrames video = Videos.Counting(2, 2, 6);

        Assert.Throws<ArgumentException>(() => VBench.MotionSmoothness(video, video.Select([1, 3, 5])));
        Assert.Equal(1, VBench.MotionSmoothness(video, video.Select([1, 3])));
    }

    [Fact]
    public void Quality_score_is_that_of_VBench()
    {
        FixtureTensor raw = Golden.File["quality.raw"];
        for (int i = 0; i < raw.Shape[0]; i++)
        {
            double[] v = raw.Row(i).ToArray();
            VBenchQuality quality = new(v[0], v[1], v[2], v[3], v[4], v[5], v[6]), n = quality.Normalised();

            Near.Equal(
                Golden.File["quality.normalised"].Row(i),
                [n.SubjectConsistency, n.BackgroundConsistency, n.TemporalFlickering, n.MotionSmoothness, n.AestheticQuality, n.ImagingQuality, n.DynamicDegree], Golden.Tolerance);
            Assert.Equal(Golden.File["quality.score"].Values[i], quality.Score(), Golden.Tolerance);
        }
    }

    [Fact]
    public void Values_that_are_not_finite_are_refused()
    {
        Assert.Throws<ArgumentException>(() => VBench.Imaging([50, double.NaN]));
        Assert.Throws<ArgumentException>(() => VBench.Imaging([]));
        Assert.Throws<ArgumentException>(() => VBench.FrameConsistency([0, 0, 1, 0], 2));
        Assert.Throws<ArgumentException>(() => VBench.FrameAesthetics([0f, 0f], [1f, 1f], 0));
    }
}
