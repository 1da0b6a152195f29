using System.Collections.Immutable;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

/// <summary>From rollouts to scores through the golden tiny networks, whose embedding is repeated until every id of the golden tokenizer has a row.</summary>
public class RewardNetworksTests
{
    private static readonly Qwen2VlConfig Sizes = Qwen2VlConfig.Tiny with
    {
        VocabularySize = 506, ImageTokenId = PromptSamples.Image, VideoTokenId = PromptSamples.Video, PadTokenId = 488,
    };

    [Fact]
    public async Task VideoAlign_gives_the_scores_of_its_network_and_the_prompt_moves_alignment_only()
    {
        using VideoAlignNetwork network = LoadVideoAlign();
        VideoAlignRewardOptions options = new() { MinPixels = 28 * 28, MaxPixels = 8 * 28 * 28, TextAlignment = true };
        VideoFrames video = Pattern(9);
        VideoRollout[] rollouts = [new() { Frames = video, Prompt = "a red door" }, new() { Frames = video, Prompt = "the sea" }, new() { Frames = video }];

        IReadOnlyList<ImmutableArray<RewardScore>> scores =
            await new VideoAlignReward(network, PromptSamples.Tokenizer, PromptSamples.VideoAlign, options).ScoreAsync(rollouts);

        Qwen2VlPatches patches = Qwen2VlImages.OfVideo(video.Select(UniformFrames.Of(9, 16)), options.MinPixels, options.MaxPixels);
        VideoAlignScores direct = network.Score(new PromptTokens(PromptSamples.VideoAlign, PromptSamples.Tokenizer).Encode(patches.TokenCount, "a red door"), patches);
        Near.Equal([direct.VisualQuality.Normalised, direct.MotionQuality.Normalised, direct.TextAlignment!.Value.Normalised], [.. scores[0].Select(s => s.Value)], 1e-5);
        for (int i = 1; i < 3; i++) Near.Equal([scores[0][0].Value, scores[0][1].Value], [scores[i][0].Value, scores[i][1].Value], 1e-5);
        Assert.NotEqual(scores[0][2].Value, scores[1][2].Value, 1e-4);
        Assert.True(scores[2][2].IsMissing);
    }

    [Fact]
    public async Task HPSv3_gives_the_mean_score_of_the_frames_and_the_prompt_moves_it()
    {
        using HpsV3Network network = LoadHpsV3();
        HpsV3RewardOptions options = new() { Pixels = 4 * 28 * 28 };
        VideoFrames video = Pattern(9);
        VideoRollout[] rollouts = [new() { Frames = video, Prompt = "a red door" }, new() { Frames = video, Prompt = "the sea" }];

        IReadOnlyList<ImmutableArray<RewardScore>> scores =
            await new HpsV3Reward(network, PromptSamples.Tokenizer, PromptSamples.HpsV3, options).ScoreAsync(rollouts);

        PromptTokens prompt = new(PromptSamples.HpsV3, PromptSamples.Tokenizer);
        double mean = new[] { 0, 4, 8 }.Average(f =>
        {
            Qwen2VlPatches patches = Qwen2VlImages.OfImage(video.Frame(f), new(video.WidthPixels, video.HeightPixels), options.Pixels);
            return network.Score(prompt.Encode(patches.TokenCount, "a red door"), patches).Mu;
        });
        Assert.Equal(mean, scores[0][0].Value, 1e-5);
        Assert.NotEqual(scores[0][0].Value, scores[1][0].Value, 1e-5);
    }

    private static VideoFrames Pattern(int frames)
    {
        byte[] rgb = new byte[3 * frames * 40 * 70];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)(127 + 120 * Math.Sin(0.07 * i));
        return new VideoFrames(rgb, 70, 40, frames, 16);
    }

    private static VideoAlignNetwork LoadVideoAlign()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Weights(Qwen2VlFixture.VideoAlign));
        return VideoAlignNetwork.Load(folder.Path, new VideoAlignNetworkOptions { Sizes = Sizes, Tokens = PromptSamples.Tokens });
    }

    private static HpsV3Network LoadHpsV3()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("HPSv3.safetensors"), Weights(Qwen2VlFixture.HpsV3));
        return HpsV3Network.Load(folder.File("HPSv3.safetensors"), new HpsV3NetworkOptions { Sizes = Sizes, RewardTokenId = PromptSamples.Reward });
    }

    private static IEnumerable<WeightToWrite> Weights(string head)
    {
        const string embedding = "model.embed_tokens.weight";
        FixtureTensor golden = Qwen2VlFixture.Golden[Qwen2VlFixture.Backbone + embedding];
        float[] rows = golden.Floats(), more = [.. rows, .. rows, .. rows];
        return Qwen2VlFixture.Weights(head, name => name == embedding ? "unused" : name).Where(w => w.Name != "unused")
            .Append(WeightToWrite.Of(embedding, [Sizes.VocabularySize, golden.Shape[1]], more.AsMemory(0, Sizes.VocabularySize * golden.Shape[1])));
    }
}
