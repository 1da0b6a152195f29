using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature.Tests.Estimators;

public class FrameCorruptionTests
{
    private static readonly RoomRenderer Renderer = new(Room.FromSeed(1));

    [Fact]
    public void Without_damage_the_frames_stay_as_they_are()
    {
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = 10 });
        using FrameBatch batch = Spoil(pool, FrameCorruptionOptions.None);

        Near.Equal(Widened(pool.Plain), TensorValues.Of(batch.Pictures), 1e-6);
        Near.Equal(Widened(pool.PlainPose), TensorValues.Of(batch.Pose), 0);
        Assert.True(batch.Error.max().ToSingle() < 1e-12);
    }

    [Fact]
    public void The_error_is_the_mean_square_to_the_room_from_the_stated_pose()
    {
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = 10 });
        using FrameBatch batch = Spoil(pool, new());
        float[] pictures = TensorValues.Of(batch.Pictures), poses = TensorValues.Of(batch.Pose), errors = TensorValues.Of(batch.Error), clean = new float[768];

        for (int i = 0; i < pool.Count; i++)
        {
            Renderer.RenderPlanar(PoseCoordinates.Read(poses.AsSpan(6 * i, 6)), clean);
            double sum = 0;
            for (int p = 0; p < 768; p++) sum += Math.Pow(pictures[768 * i + p] - clean[p], 2);
            Assert.Equal(sum / 768, errors[i], 1e-5);
            Assert.InRange(pictures.AsSpan(768 * i, 768).ToArray().Max(Math.Abs), 0, 1);
        }
    }

    [Fact]
    public void White_noise_has_the_amount_that_is_asked_for()
    {
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = 100 });
        using FrameBatch batch = Spoil(pool, FrameCorruptionOptions.None with { WhiteShare = 1, WhiteNoise = 0.03 });

        // The amount is uniform up to 0.03, so the mean square is 0.03²/3; pictures that touch ±1 lose a little.
        Assert.InRange(batch.Error.mean().ToDouble(), 0.9 * 3e-4, 1.05 * 3e-4);
    }

    [Fact]
    public void Ghosts_keep_the_mean_of_the_two_views()
    {
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = 30 });
        using FrameBatch batch = Spoil(pool, FrameCorruptionOptions.None with { GhostShare = 1 });
        using Tensor unmixed = (pool.Plain - pool.Mixed).square().mean([1L]);

        Near.Equal(Widened(pool.MixedPose), TensorValues.Of(batch.Pose), 0);
        Assert.True(batch.Error.mean().ToSingle() < 0.6f * unmixed.mean().ToSingle());          // the mixture is nearer to the mixed view than the frame is
    }

    [Fact]
    public void A_seed_gives_the_same_frames_again_and_another_gives_others()
    {
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = 4 });
        using FrameBatch first = Spoil(pool, new(), 3), again = Spoil(pool, new(), 3), other = Spoil(pool, new(), 4);

        Assert.Equal(TensorValues.Of(first.Pictures), TensorValues.Of(again.Pictures));
        Assert.NotEqual(TensorValues.Of(first.Pictures), TensorValues.Of(other.Pictures));
    }

    private static FrameBatch Spoil(FramePool pool, FrameCorruptionOptions options, ulong seed = 1)
    {
        using FrameCorruption corruption = new(options, seed);
        using Tensor all = arange(pool.Count, dtype: ScalarType.Int64);
        return corruption.Spoil(pool, all);
    }

    private static double[] Widened(Tensor tensor) => Array.ConvertAll(TensorValues.Of(tensor), x => (double)x);
}
