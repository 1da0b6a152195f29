using System.Collections.Immutable;
using GeoAlign.Randomness;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature.Tests.Estimators;

public class PictureQualityRewardTests
{
    private static string Path => Repository.File("samples", "GeoAlign.Miniature", "assets", "quality.onnx");

    [Fact]
    public async Task More_noise_in_the_generated_frames_scores_lower_every_time()
    {
        using PictureQualityReward reward = new(Path);
        VideoRollout[] rollouts = [.. Enumerable.Range(0, 12).SelectMany(clip => new[] { 0, 0.05, 0.1 }.Select(noise => Rollout(clip, noise)))];

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync(rollouts);

        double cleanMean = 0, noisyMean = 0;
        for (int clip = 0; clip < 12; clip++)
        {
            double clean = scores[3 * clip][0].Value, little = scores[3 * clip + 1][0].Value, much = scores[3 * clip + 2][0].Value;
            Assert.True(clean > little && little > much, $"{clean}, {little}, {much}");
            cleanMean += clean / 12;
            noisyMean += much / 12;
        }

        // The training measured -0.063 for clean frames of 2,400 views. Independent white noise of 0.1 adds its square: sqrt(0.063^2 + 0.1^2) = 0.118,
        // less what the projection lets through and what clipping at 1 takes away.
        Assert.InRange(cleanMean, -0.075, -0.05);
        Assert.InRange(noisyMean, -0.13, -0.1);
    }

    [Fact]
    public async Task The_given_frame_does_not_count()
    {
        using PictureQualityReward reward = new(Path);
        VideoRollout rollout = Rollout(3, 0.05);
        byte[] pixels = rollout.Frames.Rgb24.ToArray();
        pixels.AsSpan(0, 768).Clear();

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([rollout, rollout with { Frames = new(pixels, 16, 16, 6, 8) }]);

        Assert.Equal(scores[0][0].Value, scores[1][0].Value, 1e-6);
    }

    [Fact]
    public async Task A_video_of_another_size_is_refused()
    {
        using PictureQualityReward reward = new(Path);
        VideoRollout wrong = new() { Frames = new VideoFrames(new byte[2 * 3 * 8 * 8], 8, 8, 2, 8) };

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await reward.ScoreAsync([wrong]));

        Assert.Contains("2 frames of 8×8", error.Message, StringComparison.Ordinal);
    }

    private static VideoRollout Rollout(int clip, double noise)
    {
        RoomRenderer renderer = new(Room.FromSeed(1));
        MiniatureCase drawn = MiniatureWorld.Draw(1, MiniatureSet.HeldOutRandom, 100 + clip);
        float[] picture = new float[renderer.FrameLength], normals = new float[renderer.FrameLength];
        byte[] pixels = new byte[6 * picture.Length];
        for (int k = 0; k < 6; k++)
        {
            renderer.RenderPlanar(drawn.StartCameraToWorld * drawn.Requested[k], picture);
            new CounterRandom(1, RandomPurpose.SyntheticScene, clip, 3000, k).Normals(normals);
            for (int i = 0; i < picture.Length; i++) picture[i] += (float)noise * normals[i];
            FramePixels.ToRgb24(picture, pixels.AsSpan(k * picture.Length, picture.Length));
        }

        return new() { Frames = new(pixels, 16, 16, 6, 8) };
    }
}
