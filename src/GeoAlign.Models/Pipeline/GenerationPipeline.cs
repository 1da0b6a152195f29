using GeoAlign.Grpo;
using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>From a condition video, two camera paths and a prompt to a new video.</summary>
/// <remarks>
/// Text, encode, rollout, decode, each a stage of <see cref="DeviceStages"/>. The networks stay the caller's. Features of prompts are kept: a prompt is
/// encoded once. Not for use by several threads at once.
/// </remarks>
/// <param name="network">ReDirector, ReCamMaster or text-to-video.</param>
/// <param name="codec">Autoencoder.</param>
/// <param name="text">Text encoder; not needed where requests bring features.</param>
/// <param name="image">Image encoder; not needed for a network without image input or where requests bring features.</param>
/// <param name="stages">Which parts are on the device in which stage; null leaves all where they are.</param>
public sealed class GenerationPipeline(
    FlowTransformer network, ILatentCodec codec, TextEncoder? text = null, ClipImageEncoder? image = null, DeviceStages? stages = null)
{
    private readonly DeviceStages _stages = stages ?? new DeviceStages();
    private readonly ConditionEncoder _encoder = new(codec, image, stages);
    private readonly Dictionary<string, TokenFeatures> _features = new(StringComparer.Ordinal);

    /// <summary>Generates a video.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="options">How; null for the released recipe in full precision.</param>
    /// <param name="progress">Told after every step of every stage, on the thread that does it.</param>
    /// <param name="stop">Looked at between steps.</param>
    /// <exception cref="ArgumentException">The request does not fit the network, or an option is out of its range.</exception>
    /// <exception cref="NonFiniteException">The network gave NaN or an infinity.</exception>
    /// <exception cref="StageMemoryException">Memory did not suffice; the message says for what and what to reduce.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public GeneratedVideo Generate(
        GenerationRequest request, GenerationOptions? options = null, IProgress<GenerationProgress>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        GenerationOptions settings = (options ?? new GenerationOptions()).Validated();
        if (settings.TruncateBytes && codec is not WanLatentCodec)
            throw new ArgumentException($"{nameof(settings.TruncateBytes)} is set, but {codec.GetType().Name} decodes to bytes itself.", nameof(options));
        LatentShape shape = ConditionEncoder.ShapeOf(network, request);
        double framesPerSecond = request.Clip?.FramesPerSecond ?? request.FramesPerSecond
            ?? throw new ArgumentException($"Without a clip, give the frame rate of the video ({nameof(request.FramesPerSecond)}).", nameof(request));
        float[] latents = NoiseFor(shape, request, settings);

        bool guided = settings.GuidanceScale != 1;
        TokenFeatures? prompt = null, negative = null;
        if (network.Sizes.HasText)
        {
            prompt = request.PromptFeatures;
            negative = guided ? request.NegativePromptFeatures : null;
            ReadText([.. prompt is null ? [request.Prompt] : Array.Empty<string>(), .. guided && negative is null ? [request.NegativePrompt] : Array.Empty<string>()], progress, stop);
            prompt ??= _features[request.Prompt];
            if (guided) negative ??= _features[request.NegativePrompt];
        }

        stop.ThrowIfCancellationRequested();
        FlowInputs inputs = _encoder.Encode(network, request, prompt, negative, progress, stop);
        stop.ThrowIfCancellationRequested();
        _stages.Run(WorkStage.Rollout, () => Integrate(inputs, settings, latents, progress, stop));
        stop.ThrowIfCancellationRequested();
        byte[] pixels = _stages.Run(WorkStage.Decode, () => Decode(shape, latents, settings.TruncateBytes, progress, stop));
        return new GeneratedVideo(new VideoFrames(pixels, shape.WidthPixels, shape.HeightPixels, shape.VideoFrames, framesPerSecond), latents, shape);
    }

    private static float[] NoiseFor(LatentShape shape, GenerationRequest request, GenerationOptions options)
    {
        if (request.InitialNoise is { } given)
        {
            return given.Length == shape.Count
                ? given.ToArray()
                : throw new ArgumentException($"{nameof(request.InitialNoise)} has {given.Length} numbers, expected {shape.Count} for {shape}.", nameof(request));
        }

        float[] noise = new float[shape.Count];
        new CounterNoise<float>(options.Seed).Initial(iteration: 0, group: 0, member: 0, noise);
        return noise;
    }

    private void ReadText(IReadOnlyList<string> prompts, IProgress<GenerationProgress>? progress, CancellationToken stop)
    {
        string[] unread = [.. prompts.Distinct(StringComparer.Ordinal).Where(prompt => !_features.ContainsKey(prompt))];
        if (unread.Length == 0) return;
        if (text is null) throw new ArgumentException("The network takes text; give the text encoder, or features of the prompts with the request.");
        stop.ThrowIfCancellationRequested();
        TokenFeatures[] features = _stages.Run(WorkStage.Text, () => text.Encode(unread));
        for (int i = 0; i < unread.Length; i++) _features[unread[i]] = features[i];
        progress?.Report(new GenerationProgress(WorkStage.Text, unread.Length, unread.Length));
    }

    // The float32 levels of the released scheduler, so that a timestep rounds to bfloat16 as theirs does.
    private void Integrate(FlowInputs inputs, GenerationOptions options, Span<float> latents, IProgress<GenerationProgress>? progress, CancellationToken stop)
    {
        FlowMatchSchedule levels = new(options.Steps, options.Shift);
        SigmaSchedule schedule = SigmaSchedule.Of([.. levels.Sigmas.ToArray().Select(sigma => (double)sigma), 0]);
        using FlowCondition condition = network.Prepare(inputs);
        int done = 0;
        InferencePolicy policy = new(
            new FlowVelocity(network, options.GuidanceScale, options.RoundTimestepToBFloat16),
            () => progress?.Report(new GenerationProgress(WorkStage.Rollout, ++done, options.Steps)));
        OdeSampler.Generate(policy, condition, schedule, latents, stop);
    }

    private byte[] Decode(LatentShape shape, ReadOnlySpan<float> latents, bool truncate, IProgress<GenerationProgress>? progress, CancellationToken stop)
    {
        byte[] pixels = new byte[shape.VideoBytes];
        if (codec is not WanLatentCodec wan)
        {
            codec.Decode(shape, latents, pixels);
            progress?.Report(new GenerationProgress(WorkStage.Decode, 1, 1));
            return pixels;
        }

        RelayedProgress<CodecProgress> relay = new(p => progress?.Report(new GenerationProgress(WorkStage.Decode, p.ChunksDone, p.Chunks)));
        if (!truncate)
        {
            wan.Decode(shape, latents, pixels, relay, stop);
            return pixels;
        }

        float[] values = new float[pixels.Length];
        wan.DecodePixels(shape, latents, values, relay, stop);
        for (int i = 0; i < values.Length; i++) pixels[i] = (byte)((values[i] + 1) * 127.5f);
        return pixels;
    }
}
