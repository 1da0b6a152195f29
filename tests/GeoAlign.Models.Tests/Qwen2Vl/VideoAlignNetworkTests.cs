using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class VideoAlignNetworkTests
{
    private const double Tolerance = 1e-4;      // that of the golden file

    private static FixtureTensors Golden => Qwen2VlFixture.Golden;

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Scores_meet_the_golden_ones_alone_and_together(ScalarType type)
    {
        using VideoAlignNetwork network = Qwen2VlFixture.LoadVideoAlign(type);

        IReadOnlyList<VideoAlignScores> together = network.Score(Qwen2VlFixture.Sequences);
        VideoAlignScores[] alone =
            [.. Qwen2VlFixture.Sequences.Select(sequence => network.Score(sequence.TokenIds.Span, sequence.Videos[0]))];

        foreach (IReadOnlyList<VideoAlignScores> scores in new[] { together, alone })
        {
            Near.Equal(Golden["videoalign_sequential.raw_vq_mq_ta"].Values, All(scores, score => score.Raw), Tolerance, what: "raw");
            Near.Equal(Golden["videoalign_sequential.normalised"].Values, All(scores, score => score.Normalised), Tolerance, what: "normalised");
            Near.Equal(Golden["videoalign_sequential.overall"].Values, [.. scores.Select(s => s.Overall!.Value)], Tolerance, what: "overall");
        }
    }

    [Theory]
    [InlineData(Qwen2VlPositionRule.Sequential, "videoalign_sequential.")]
    [InlineData(Qwen2VlPositionRule.MultiAxis, "videoalign_mrope.")]
    public void Outputs_at_the_reward_tokens_meet_their_golden_values(Qwen2VlPositionRule rule, string golden)
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Qwen2VlFixture.Weights(Qwen2VlFixture.VideoAlign));
        using IWeightSource weights = WeightSources.Open(folder.Path);
        Qwen2VlNetwork backbone = Qwen2VlNetwork.Load(
            weights, Qwen2VlConfig.Tiny, null, ScalarType.Float32, null, make => VideoAlignNetwork.NewHead(make, Qwen2VlConfig.Tiny));
        using VideoAlignNetwork network = new(backbone, Qwen2VlFixture.Tokens, VideoAlignNormalisation.VideoReward);
        using DisposeScope scope = NewDisposeScope();

        Tensor features = backbone.Forward(new Qwen2VlBatch(Qwen2VlFixture.Sequences, backbone.Config), rule, null);
        float[] pooled = [.. Enumerable.Range(0, 2).SelectMany(
            i => network.Pool(features, i, network.RewardRows(Qwen2VlFixture.Sequences[i].TokenIds.Span, i)))];

        Near.Equal(Golden[golden + "pooled_3x3"].Values, pooled, Tolerance, what: "pooled");
        VideoAlignScores[] scores =
            [network.ScoresOf(pooled[..9], 3, 0), network.ScoresOf(pooled[9..], 3, 1)];
        Near.Equal(Golden[golden + "raw_vq_mq_ta"].Values, All(scores, score => score.Raw), Tolerance, what: "raw");
        Near.Equal(Golden[golden + "normalised"].Values, All(scores, score => score.Normalised), Tolerance, what: "normalised");
        Near.Equal(Golden[golden + "overall"].Values, [.. scores.Select(s => s.Overall!.Value)], Tolerance, what: "overall");
    }

    [Fact]
    public void Scores_in_bfloat16_stay_close_to_exact_ones()
    {
        using VideoAlignNetwork exact = Qwen2VlFixture.LoadVideoAlign(), rounded = Qwen2VlFixture.LoadVideoAlign(ScalarType.BFloat16);

        double[] expected = All(exact.Score(Qwen2VlFixture.Sequences), score => score.Raw),
            found = All(rounded.Score(Qwen2VlFixture.Sequences), score => score.Raw);

        Near.Equal(expected, found, 0.05);
        Assert.NotEqual(expected[0], found[0], 1e-6);
    }

    [Fact]
    public void Visual_and_motion_quality_do_not_depend_on_what_follows_the_motion_token()
    {
        using VideoAlignNetwork network = Qwen2VlFixture.LoadVideoAlign();
        (Qwen2VlSequence sequence, Qwen2VlPatches video) = (Qwen2VlFixture.Sequences[0], Qwen2VlFixture.Videos[0]);
        int[] ids = sequence.TokenIds.ToArray();
        int motion = Array.IndexOf(ids, 197);
        int[] otherPrompt = [.. ids[..(motion + 1)], 5, 6, 7, 8, 9, 10, 198, 3];

        VideoAlignScores whole = network.Score(ids, video), cut = network.Score(ids.AsSpan(0, motion + 1), video),
            other = network.Score(otherPrompt, video);

        foreach (VideoAlignScores scores in new[] { cut, other })
        {
            Near.Equal([whole.VisualQuality.Raw, whole.MotionQuality.Raw], [scores.VisualQuality.Raw, scores.MotionQuality.Raw], 1e-5);
        }

        Assert.Null(cut.TextAlignment);
        Assert.Null(cut.Overall);
        Assert.NotEqual(whole.TextAlignment!.Value.Raw, other.TextAlignment!.Value.Raw, 1e-2);
    }

    [Fact]
    public void Videos_of_one_call_do_not_mix()
    {
        using VideoAlignNetwork network = Qwen2VlFixture.LoadVideoAlign();
        float[] noise = [.. Enumerable.Range(0, 24 * Qwen2VlPatches.PatchLength).Select(i => MathF.Sin(i))];
        Qwen2VlSequence[] changed =
            [Qwen2VlFixture.Sequences[0], Qwen2VlFixture.Sequences[1] with { Videos = [new Qwen2VlPatches(noise, 3, 2, 4)] }];

        IReadOnlyList<VideoAlignScores> before = network.Score(Qwen2VlFixture.Sequences), after = network.Score(changed),
            swapped = network.Score([.. Qwen2VlFixture.Sequences.Reverse()]);

        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[1].VisualQuality.Raw, after[1].VisualQuality.Raw, 1e-2);
        Near.Equal([before[0].Overall!.Value, before[1].Overall!.Value], [swapped[1].Overall!.Value, swapped[0].Overall!.Value], 1e-5);
        Assert.Empty(network.Score([]));
    }

    [Fact]
    public void Reward_tokens_that_are_missing_doubled_or_swapped_are_refused()
    {
        using VideoAlignNetwork network = Qwen2VlFixture.LoadVideoAlign();
        int[] ids = Qwen2VlFixture.Sequences[0].TokenIds.ToArray();

        foreach ((int[] bad, string reason) in new[]
        {
            (Replaced(196, 1), "Sequence 0 has 0 VQ tokens (id 196), expected one."),
            (Replaced(197, 1), "Sequence 0 has 0 MQ tokens (id 197), expected one."),
            ([.. ids, 196], "Sequence 0 has 2 VQ tokens (id 196), expected one."),
            ([.. ids, 198], "Sequence 0 has 2 TA tokens (id 198), expected one or none."),
            (Swapped(196, 197), "Sequence 0 has its MQ token (id 197) at 25, expected it after 29: VQ, MQ, TA."),
            (Swapped(197, 198), "Sequence 0 has its TA token (id 198) at 29, expected it after 35: VQ, MQ, TA."),
        })
        {
            ArgumentException e = Assert.Throws<ArgumentException>(() => network.Score(bad, Qwen2VlFixture.Videos[0]));
            Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        }

        int[] Replaced(int id, int by) => Array.ConvertAll(ids, i => i == id ? by : i);
        int[] Swapped(int a, int b) => Array.ConvertAll(ids, i => i == a ? b : i == b ? a : i);
    }

    [Fact]
    public void A_score_that_is_not_finite_is_refused_with_its_name()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Qwen2VlFixture.Weights(Qwen2VlFixture.VideoAlign).Select(weight =>
            weight.Name == "rm_head.weight" ? WeightToWrite.Of(weight.Name, [3, 48], HeadWithInfiniteMotion()) : weight));
        using VideoAlignNetwork network = VideoAlignNetwork.Load(folder.Path, Qwen2VlFixture.VideoAlignOptions);

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => network.Score(Qwen2VlFixture.Sequences));

        Assert.Contains("VideoAlign's MQ of sequence 0 is", e.Message, StringComparison.Ordinal);

        static float[] HeadWithInfiniteMotion()
        {
            float[] head = Golden["w.videoalign.rm_head.weight"].Floats();
            head.AsSpan(48, 48).Fill(float.PositiveInfinity);
            return head;
        }
    }

    [Fact]
    public void Normalisation_meets_its_golden_values()
    {
        FixtureTensors golden = FixtureTensors.Load("rewards", "aggregation.safetensors");
        VideoAlignNormalisation constants = VideoAlignNormalisation.VideoReward;

        for (int i = 0; i < golden["videoalign.raw"].Shape[0]; i++)
        {
            double[] raw = golden["videoalign.raw"].Row(i).ToArray();
            VideoAlignScores scores = new(
                constants.VisualQuality(raw[0]), constants.MotionQuality(raw[1]), constants.TextAlignment(raw[2]));
            Near.Equal(golden["videoalign.normalised"].Row(i),
                [scores.VisualQuality.Normalised, scores.MotionQuality.Normalised, scores.TextAlignment!.Value.Normalised], 1e-9);
            Near.Equal([golden["videoalign.overall"].Values[i]], [scores.Overall!.Value], 1e-9);
        }

        Assert.Throws<ArgumentException>((constants with { MotionQualityDeviation = 0 }).Validated);
        Assert.Throws<ArgumentException>((constants with { TextAlignmentMean = double.NaN }).Validated);
    }

    [Fact]
    public void Reward_tokens_outside_the_embedding_are_refused_before_anything_is_loaded()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Qwen2VlFixture.Weights(Qwen2VlFixture.VideoAlign));

        ArgumentException e = Assert.Throws<ArgumentException>(
            () => VideoAlignNetwork.Load(folder.Path, new VideoAlignNetworkOptions { Sizes = Qwen2VlConfig.Tiny }));

        Assert.Contains("expected three different ids below 200", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_network_says_where_it_is_and_scores_the_same_when_it_is_back()
    {
        using VideoAlignNetwork network = Qwen2VlFixture.LoadVideoAlign();
        DeviceStages stages = new(offload: true);
        VideoAlignScores before = network.Score(Qwen2VlFixture.Sequences)[1];

        stages.Add(network, WorkStage.Reward);
        VideoAlignScores after = stages.Run(WorkStage.Reward, () => network.Score(Qwen2VlFixture.Sequences)[1]);
        network.MoveTo(META);

        Assert.Equal(before, after);
        Assert.Equal(DeviceType.META, network.Device.type);
    }

    private static double[] All(IReadOnlyList<VideoAlignScores> scores, Func<VideoAlignScore, double> value) =>
        [.. scores.SelectMany(s => new[] { s.VisualQuality, s.MotionQuality, s.TextAlignment!.Value }).Select(value)];
}
