using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

public class ConditionEncoderTests
{
    [Fact]
    public void Intrinsics_of_a_larger_picture_get_the_aspect_fix()
    {
        FixtureTensors golden = FixtureTensors.Load("models", "cameras.safetensors");
        double[] rows = golden["plucker.train.traj"].Values;
        GenerationRequest request = new()
        {
            Clip = new VideoFrames(new byte[5 * 16 * 16 * 3], 16, 16, 5, 15), Intrinsics = CameraRows.Intrinsics(rows.AsSpan(0, CameraRows.Length)),
            Source = CameraRows.Poses(rows), Target = CameraRows.Poses(rows), IntrinsicsImage = new ImageSize(1280, 960),
        };

        RedirectorInputs inputs = Encode(request);

        double[] anchored = CameraRows.Of(CameraRows.Poses(rows).RelativeToFirst(), request.Intrinsics!);
        Assert.Equal(PluckerRays.Packed(anchored, 16, 16, 1280, 960), inputs.TargetCamera.ToArray());
        Assert.NotEqual(PluckerRays.Packed(anchored, 16, 16, 16, 16), inputs.TargetCamera.ToArray());
    }

    [Fact]
    public void Paths_are_measured_from_their_own_first_cameras_or_both_from_the_sources()
    {
        SE3 start = new(SO3.Exp(new(0.1, 0.4, -0.2)), new(1, 2, 3)), other = new(SO3.Exp(new(-0.3, 0.2, 0.1)), new(1.5, 2, 2));
        CameraTrajectory source = Moved(TrajectoryPresets.Dolly(5, 0.3), start), target = Moved(TrajectoryPresets.Pan(5, 0.4), other);
        GenerationRequest request = TinySystem.Request with { Source = source, Target = target };

        RedirectorInputs own = Encode(request), shared = Encode(request with { Origin = PathOrigin.SourceFirstFrame });

        CameraIntrinsics camera = request.Intrinsics!.ToPixels(32, 32);
        Near.Equal(Doubles(PluckerRays.Packed(TrajectoryPresets.Pan(5, 0.4), camera)), own.TargetCamera.Span, 1e-6, what: "own");
        Near.Equal(Doubles(PluckerRays.Packed(Moved(TrajectoryPresets.Pan(5, 0.4), start.Inverse() * other), camera)), shared.TargetCamera.Span, 1e-6, what: "shared");
        Near.Equal(Doubles(PluckerRays.Packed(TrajectoryPresets.Dolly(5, 0.3), camera)), own.ConditionCamera.Span, 1e-6, what: "source");
        Assert.Equal(own.ConditionCamera.ToArray(), shared.ConditionCamera.ToArray());
    }

    [Fact]
    public void A_target_path_may_be_longer_than_the_clip()
    {
        RedirectorInputs inputs = Encode(TinySystem.Request with { Target = TrajectoryPresets.Pan(9, 0.4) });

        Assert.Equal((3, 2), (inputs.Shape.Frames, inputs.ConditionShape.Frames));
    }

    [Fact]
    public void Poses_of_ReCamMaster_are_those_of_the_first_frame_of_every_latent_frame()
    {
        using ReCamMasterTransformer network = ReCamMasterTransformer.CreateRandom(
            new ReCamMasterConfig { Width = 28, Heads = 2, Layers = 1, FeedForwardWidth = 64, TimeWidth = 64, TextWidth = 24, TextTokens = 12 }, 1);
        CameraTrajectory target = TrajectoryPresets.Arc(9, 0.5, 3);
        GenerationRequest request = new() { Clip = TinySystem.Clip(9), Target = Moved(target, new SE3(SO3.Exp(new(0, 1, 0)), new(1, 0, 0))) };

        ReCamMasterInputs inputs = (ReCamMasterInputs)new ConditionEncoder(new BlockDctCodec()).Encode(network, request, Words(24));

        double[] pose = new double[12];
        for (int latentFrame = 0; latentFrame < 3; latentFrame++)
        {
            target[4 * latentFrame].CopyToRowMajor3x4(pose);
            Near.Equal(pose, inputs.Poses.Span.Slice(12 * latentFrame, 12), 1e-6, what: $"latent frame {latentFrame}");
        }
    }

    private static RedirectorInputs Encode(GenerationRequest request)
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 1);
        return (RedirectorInputs)new ConditionEncoder(new BlockDctCodec()).Encode(network, request, Words(RedirectorConfig.Tiny.TextWidth));
    }

    private static TokenFeatures Words(int width) => new(1, width, new float[width]);

    private static CameraTrajectory Moved(CameraTrajectory path, SE3 by) => new([.. path.Select(pose => by * pose)]);

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);
}
