using GeoAlign.Models;

namespace GeoAlign.Miniature.Tests;

public class MiniatureInputsTests
{
    private static readonly RoomRenderer Renderer = new(Room.FromSeed(MiniatureNetwork.RoomSeed));

    [Fact]
    public void Folded_pixels_come_back_and_have_the_order_of_the_codec()
    {
        MiniatureCase item = MiniatureWorld.Draw(1, MiniatureSet.Validation, 3);
        LatentShape shape = MiniatureNetwork.Shape;
        float[] latents = MiniatureInputs.Render(Renderer, item.StartCameraToWorld, MiniatureInputs.AfterStart(item.Requested));
        float[] planes = new float[latents.Length], again = new float[latents.Length];
        byte[] video = new byte[shape.VideoBytes], expected = new byte[Renderer.FrameLength];

        FoldedPixelCodec.Unfold(shape, latents, planes);
        FoldedPixelCodec.Fold(shape, planes, again);
        new FoldedPixelCodec().Decode(shape, latents, video);
        FramePixels.ToRgb24(planes.AsSpan(2 * Renderer.FrameLength, Renderer.FrameLength), expected);

        Assert.Equal(latents, again);
        Assert.Equal(expected, video.AsSpan(2 * Renderer.FrameLength, Renderer.FrameLength).ToArray());
    }

    [Fact]
    public void The_scored_video_begins_with_the_given_start_frame()
    {
        MiniatureCase item = MiniatureWorld.Draw(1, MiniatureSet.Validation, 3);
        float[] latents = MiniatureInputs.Render(Renderer, item.StartCameraToWorld, MiniatureInputs.AfterStart(item.Requested));

        Rewards.VideoFrames decoded = MiniatureVideo.Decode(item, latents, Renderer), truth = MiniatureVideo.Truth(item, Renderer);

        Assert.Equal(MiniatureWorld.PathPoses, decoded.FrameCount);
        Assert.Equal(truth.Rgb24.ToArray(), decoded.Rgb24.ToArray());
    }

    [Fact]
    public void The_network_is_told_the_generated_poses_and_the_whole_condition_clip()
    {
        MiniatureCase item = MiniatureWorld.Draw(1, MiniatureSet.Validation, 3, MiniatureNetwork.ConditionFrames);

        RedirectorInputs inputs = MiniatureInputs.Of(item, Renderer);

        using RedirectorTransformer network = MiniatureNetwork.Create(1);
        using RedirectorCondition condition = network.Prepare(inputs);
        Assert.Equal(MiniatureWorld.GeneratedFrames, condition.Shape.Frames);
        Assert.Equal(MiniatureNetwork.ConditionFrames, inputs.ConditionShape.Frames);
    }

    [Fact]
    public void The_shipped_base_has_the_size_that_was_promised()
    {
        FileInfo file = new(MiniatureAssets.Shipped.BaseModel);

        using RedirectorTransformer network = MiniatureNetwork.Load(file.FullName);

        Assert.True(file.Length < 4_000_000, $"{file.Length} bytes");
        Assert.Equal(725_232, network.parameters().Sum(p => p.numel()));
    }
}
