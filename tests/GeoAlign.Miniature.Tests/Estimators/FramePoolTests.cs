using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests.Estimators;

public class FramePoolTests
{
    private static readonly RoomRenderer Renderer = new(Room.FromSeed(1));

    [Fact]
    public void Pictures_are_the_room_seen_from_their_poses()
    {
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = 5 });
        float[] plain = TensorValues.Of(pool.Plain), mixed = TensorValues.Of(pool.Mixed);
        float[] plainPose = TensorValues.Of(pool.PlainPose), mixedPose = TensorValues.Of(pool.MixedPose);
        float[] picture = new float[Renderer.FrameLength];

        Assert.Equal(30, pool.Count);
        for (int i = 0; i < pool.Count; i++)
        {
            Renderer.RenderPlanar(PoseCoordinates.Read(plainPose.AsSpan(6 * i, 6)), picture);
            Near.Equal(Array.ConvertAll(picture, x => (double)x), plain.AsSpan(768 * i, 768), 1e-4);
            Renderer.RenderPlanar(PoseCoordinates.Read(mixedPose.AsSpan(6 * i, 6)), picture);
            Near.Equal(Array.ConvertAll(picture, x => (double)x), mixed.AsSpan(768 * i, 768), 1e-4);
        }
    }

    [Fact]
    public void A_mixed_pose_lies_between_a_frame_and_its_neighbour_of_the_same_clip()
    {
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = 5 });
        float[] plain = TensorValues.Of(pool.PlainPose), mixed = TensorValues.Of(pool.MixedPose), weights = TensorValues.Of(pool.Weight);

        for (int i = 0; i < pool.Count; i++)
        {
            int other = (int)pool.Neighbour.ReadCpuInt64(i);
            Assert.Equal(i / 6, other / 6);
            Assert.InRange(Math.Abs(i - other), 1, 2);
            Assert.InRange(weights[i], 0, 0.6);
            for (int c = 0; c < 6; c++)
                Assert.Equal(plain[6 * i + c] + weights[i] * (plain[6 * other + c] - plain[6 * i + c]), mixed[6 * i + c], 1e-5);
        }
    }

    [Fact]
    public void Clips_move_between_three_tenths_and_a_little_more_than_asked()
    {
        const int clips = 300;
        using FramePool pool = FramePool.Render(Renderer, new() { Clips = clips, Seed = 7, FirstCase = 11 });
        float[] coordinates = TensorValues.Of(pool.PlainPose);
        double[] factors = new double[clips];
        for (int clip = 0; clip < clips; clip++)
        {
            MiniatureCase drawn = MiniatureWorld.Draw(7, MiniatureSet.Training, 11 + clip);
            SE3 first = PoseCoordinates.Read(coordinates.AsSpan(36 * clip, 6)), last = PoseCoordinates.Read(coordinates.AsSpan(36 * clip + 30, 6));
            factors[clip] = (first.Inverse() * last).Translation.Length / drawn.Requested[5].Translation.Length;
        }

        Assert.InRange(factors.Min(), 0.3, 0.36);
        Assert.InRange(factors.Max(), 1.09, 1.15 + 1e-4);
        Assert.InRange(factors.Average(), 0.725 - 0.05, 0.725 + 0.05);               // U(0.3, 1.15): sd of the mean is 0.014
    }
}
