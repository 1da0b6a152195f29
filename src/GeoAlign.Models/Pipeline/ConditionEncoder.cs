using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>Makes the numbers a network is conditioned on out of a clip, its camera and two paths.</summary>
/// <param name="codec">Turns the clip into latents.</param>
/// <param name="image">Features of the clip's first frame; needed by networks with image input.</param>
/// <param name="stages">Where the encoders are while they work; null leaves them where they are.</param>
public sealed class ConditionEncoder(ILatentCodec codec, ClipImageEncoder? image = null, DeviceStages? stages = null)
{
    private readonly DeviceStages _stages = stages ?? new DeviceStages();

    /// <summary>Encodes one condition. Prompts come as features: they are the same for many conditions.</summary>
    /// <param name="network">Network to be conditioned; its kind decides what is encoded.</param>
    /// <param name="request">Clip, paths and camera.</param>
    /// <param name="text">Features of the prompt; null exactly for a network without text.</param>
    /// <param name="negativeText">Features of the negative prompt, for guidance.</param>
    /// <param name="progress">Told after every chunk of the clip.</param>
    /// <param name="stop">Looked at between chunks.</param>
    /// <exception cref="ArgumentException">Something the network needs is missing or of a wrong size, or it cannot follow what was given.</exception>
    /// <exception cref="StageMemoryException">Memory did not suffice.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FlowInputs Encode(
        FlowTransformer network, GenerationRequest request, TokenFeatures? text, TokenFeatures? negativeText = null,
        IProgress<GenerationProgress>? progress = null, CancellationToken stop = default) => _stages.Run<FlowInputs>(WorkStage.Encode, () =>
    {
        LatentShape shape = ShapeOf(network, request);
        TokenFeatures? features = network.Sizes.ImageWidth is null ? null : ImageOf(request);
        switch (network)
        {
            case RedirectorTransformer:
            {
                VideoFrames clip = ClipOf(request);
                (CameraTrajectory source, CameraTrajectory target) = PathsOf(request, clip);
                LatentShape conditionShape = Video(clip.FrameCount, clip, shape.Layout);
                CameraIntrinsics camera = CameraOf(request, clip);
                return new RedirectorInputs
                {
                    Shape = shape, Text = text, NegativeText = negativeText, Image = features,
                    ConditionFrames = conditionShape.Frames, ConditionLatents = Latents(conditionShape, clip, progress, stop),
                    TargetCamera = CameraMaps(target, camera, shape.Layout), ConditionCamera = CameraMaps(source, camera, shape.Layout),
                };
            }

            case ReCamMasterTransformer:
            {
                VideoFrames clip = ClipOf(request);
                if (clip.FrameCount != shape.VideoFrames)
                    throw new ArgumentException($"The clip has {clip.FrameCount} frames and the target path {shape.VideoFrames}; ReCamMaster takes equally many.", nameof(request));
                return new ReCamMasterInputs
                {
                    Shape = shape, Text = text, NegativeText = negativeText, Image = features,
                    SourceLatents = Latents(shape, clip, progress, stop), Poses = Poses(TargetOf(request), shape),
                };
            }

            case WanTransformer { Sizes.ControlCamera: false }:
                return new WanInputs { Shape = shape, Text = text, NegativeText = negativeText, Image = features };
            default:
                throw new ArgumentException(
                    $"{network.GetName()} with a camera adapter of its own starts from an image, which a {nameof(GenerationRequest)} does not have; give it {nameof(WanInputs)}.", nameof(network));
        }
    });

    /// <summary>Size of the latents that a network would generate.</summary>
    /// <exception cref="ArgumentException">The request lacks what the size follows from, or gives what the network cannot follow.</exception>
    public static LatentShape ShapeOf(FlowTransformer network, GenerationRequest request)
    {
        LatentLayout layout = network.Sizes.Latents;
        if (network is WanTransformer)
        {
            if (request.Clip is not null || request.Target is not null || request.Source is not null)
                throw new ArgumentException($"{network.GetName()} follows neither a clip nor a camera path; leave them out.", nameof(request));
            return request.Shape ?? throw new ArgumentException($"{network.GetName()} generates without a clip: give the size of the video ({nameof(request.Shape)}).", nameof(request));
        }

        if (request.Shape is not null)
            throw new ArgumentException($"The size follows from clip and target path; leave {nameof(request.Shape)} out.", nameof(request));
        return Video((request.Target ?? throw Missing("a target path")).Count, ClipOf(request), layout);
    }

    private static LatentShape Video(int frames, VideoFrames clip, LatentLayout layout) =>
        LatentShape.ForVideo(frames, clip.HeightPixels, clip.WidthPixels, layout);

    private static VideoFrames ClipOf(GenerationRequest request) => request.Clip ?? throw Missing("a condition video (Clip)");

    private static (CameraTrajectory Source, CameraTrajectory Target) PathsOf(GenerationRequest request, VideoFrames clip)
    {
        CameraTrajectory source = request.Source ?? throw Missing("the condition video's own path (Source)");
        if (source.Count != clip.FrameCount)
            throw new ArgumentException($"The condition video has {clip.FrameCount} frames, its path {source.Count} poses.", nameof(request));
        return (source.RelativeToFirst(), TargetOf(request));
    }

    private static CameraTrajectory TargetOf(GenerationRequest request)
    {
        CameraTrajectory target = request.Target ?? throw Missing("a target path");
        return request.Origin switch
        {
            PathOrigin.OwnFirstFrame => target.RelativeToFirst(),
            PathOrigin.SourceFirstFrame => target.RelativeTo((request.Source ?? throw Missing("the condition video's own path (Source)"))[0]),
            _ => throw new ArgumentException($"{nameof(request.Origin)} is {request.Origin}, which does not exist.", nameof(request)),
        };
    }

    private static CameraIntrinsics CameraOf(GenerationRequest request, VideoFrames clip)
    {
        NormalisedIntrinsics intrinsics = request.Intrinsics ?? throw Missing("intrinsics");
        ImageSize original = request.IntrinsicsImage ?? new ImageSize(clip.WidthPixels, clip.HeightPixels);
        return intrinsics.AfterCentreCrop(original.WidthPixels, original.HeightPixels, clip.WidthPixels, clip.HeightPixels)
            .ToPixels(clip.WidthPixels, clip.HeightPixels);
    }

    private static float[] CameraMaps(CameraTrajectory path, CameraIntrinsics camera, LatentLayout layout) => layout.FramesPerLatentFrame switch
    {
        1 => PluckerRays.Planes(path, camera),
        PluckerRays.TemporalStride => PluckerRays.Packed(path, camera),
        int frames => throw new ArgumentException($"There is no packing of camera maps for {frames} frames per latent frame.", nameof(layout)),
    };

    private static float[] Poses(CameraTrajectory path, LatentShape shape)
    {
        float[] poses = new float[shape.Frames * ReCamMasterConfig.PoseNumbers];
        Span<double> pose = stackalloc double[ReCamMasterConfig.PoseNumbers];
        for (int f = 0; f < shape.Frames; f++)
        {
            path[f * shape.Layout.FramesPerLatentFrame].CopyToRowMajor3x4(pose);
            for (int i = 0; i < pose.Length; i++) poses[f * pose.Length + i] = (float)pose[i];
        }

        return poses;
    }

    private TokenFeatures ImageOf(GenerationRequest request)
    {
        if (request.ImageFeatures is { } known) return known;
        if (image is null) throw new ArgumentException("The network has image input; give the image encoder (CLIP) or image features.", nameof(request));
        VideoFrames clip = ClipOf(request);
        return image.Encode(clip.Frame(0), clip.HeightPixels, clip.WidthPixels);
    }

    private float[] Latents(LatentShape shape, VideoFrames clip, IProgress<GenerationProgress>? progress, CancellationToken stop)
    {
        float[] latents = new float[shape.Count];
        if (codec is WanLatentCodec wan)
        {
            wan.Encode(shape, clip.Rgb24.Span, latents,
                new RelayedProgress<CodecProgress>(p => progress?.Report(new GenerationProgress(WorkStage.Encode, p.ChunksDone, p.Chunks))), stop);
        }
        else
        {
            codec.Encode(shape, clip.Rgb24.Span, latents);
            progress?.Report(new GenerationProgress(WorkStage.Encode, 1, 1));
        }

        return latents;
    }

    private static ArgumentException Missing(string what) => new($"The network needs {what}, and the request has none.");
}
