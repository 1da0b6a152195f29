using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// The ReDirector diffusion transformer: velocity of a target video's latents, given a condition video, two camera paths and a prompt.
/// </summary>
/// <remarks>
/// Base: Wan2.1-Fun-V1.1 Control-Camera. Target and condition frames form one sequence, target first; frames of one index share their
/// rotary position, and only latents and cameras tell the halves apart. The path names of the weights are those of the released files.
/// Device and number type are chosen when the network is made; it is not meant to be moved afterwards.
/// </remarks>
public sealed class RedirectorTransformer : nn.Module
{
    private const int CameraNumbersAtOnce = 1 << 20;

    private readonly Device _device;
    private readonly NumberFormats _formats;
    [ComponentName(Name = "patch_embedding")] private readonly PatchEmbedding _patchEmbedding;
    [ComponentName(Name = "text_embedding")] private readonly TextEmbedding? _textEmbedding;
    [ComponentName(Name = "time_embedding")] private readonly TimeEmbedding _timeEmbedding;
    [ComponentName(Name = "time_projection")] private readonly TimeProjection _timeProjection;
    [ComponentName(Name = "blocks")] private readonly ModuleList<RedirectorBlock> _blocks;
    [ComponentName(Name = "head")] private readonly RedirectorHead _head;
    [ComponentName(Name = "img_emb")] private readonly ImageEmbedding? _imageEmbedding;
    [ComponentName(Name = "control_adapter")] private readonly ControlAdapter _controlAdapter;

    internal RedirectorTransformer(RedirectorConfig config, Device device, ScalarType type) : base("redirector")
    {
        Config = config.Validated();
        ParameterFactory make = new(device, new NumberFormats(type));
        (_device, _formats) = (device, make.Formats);
        _patchEmbedding = new PatchEmbedding(make, config);
        _textEmbedding = config.HasText ? new TextEmbedding(make, config) : null;
        _timeEmbedding = new TimeEmbedding(make, config);
        _timeProjection = new TimeProjection(make, config);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, config.Layers).Select(_ => new RedirectorBlock(make, config))]);
        _head = new RedirectorHead(make, config);
        _imageEmbedding = config.ImageWidth is int width ? new ImageEmbedding(make, width, config.Width) : null;
        _controlAdapter = new ControlAdapter(make, config);
        RegisterComponents();
    }

    /// <summary>Sizes of the network.</summary>
    public RedirectorConfig Config { get; }

    /// <summary>Where the weights and the arithmetic are.</summary>
    internal Device Device => _device;

    /// <summary>An untrained network whose weights are a pure function of the seed.</summary>
    /// <remarks>
    /// libtorch's own random generators are neither used nor changed. The camera phases start at zero, as ReDirector's do.
    /// </remarks>
    /// <param name="config">Sizes.</param>
    /// <param name="seed">Equal seeds give equal weights, in any order of construction.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    public static RedirectorTransformer CreateRandom(
        RedirectorConfig config, ulong seed, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        RedirectorTransformer network = new(config, device ?? CPU, type);
        RedirectorInitialisation.Fill(network, seed);
        return network;
    }

    /// <summary>
    /// A network with the weights of a file: a complete one, or ReDirector's base, whose camera phases then start at zero.
    /// </summary>
    /// <param name="config">Sizes the file must have.</param>
    /// <param name="weights">Opened weight file; may be closed afterwards. Tensors are converted one by one, never all held twice.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    public static RedirectorTransformer Load(
        RedirectorConfig config, IWeightSource weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        RedirectorTransformer network = new(config, device ?? CPU, type);
        try
        {
            WeightKeyReport report = WeightKeyReport.Compare(ModuleWeights.ShapesOf(network), weights.Entries);
            bool isBase = report.Missing.Count > 0 && report.Missing.All(RedirectorKeys.IsPhaseLayer);
            report.Require(weights.Path, isBase ? KeyTolerance.Missing : KeyTolerance.None);
            RedirectorInitialisation.ZeroPhases(network);
            ModuleWeights.Load(network, weights, isBase ? KeyTolerance.Missing : KeyTolerance.None);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Loads self-attention weights over the present ones, as from a released <c>step</c> checkpoint.</summary>
    /// <returns>The report; its missing keys are those self-attention weights that keep their present values.</returns>
    /// <exception cref="WeightMismatchException">
    /// The file has a key that is no self-attention weight of this network, or a wrong shape.
    /// </exception>
    public WeightKeyReport LoadSelfAttention(IWeightSource weights) =>
        ModuleWeights.LoadPart(this, weights, RedirectorKeys.IsSelfAttention);

    /// <summary>Writes weights to a safetensors file, in the type they are kept in.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="selfAttentionOnly">Whether to write a partial checkpoint with the self-attention weights only.</param>
    public void Save(string path, bool selfAttentionOnly = false) =>
        ModuleWeights.Save(this, path, selfAttentionOnly ? RedirectorKeys.IsSelfAttention : null);

    /// <summary>Computes once what all steps of one condition share.</summary>
    /// <exception cref="ArgumentException">An input has another size than the network or the shape asks for, or is not finite.</exception>
    public RedirectorCondition Prepare(RedirectorInputs inputs) => Prepare(inputs, null);

    internal RedirectorCondition Prepare(RedirectorInputs inputs, Action<string, Tensor>? probe)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return new RedirectorCondition(this, inputs.Shape, Encode([inputs], probe).Keep());
    }

    /// <summary>
    /// What the steps of conditions of one size share, one batch element each. Gradients flow into the weights that require them;
    /// the tensors belong to the current dispose scope.
    /// </summary>
    internal RedirectorContext Encode(IReadOnlyList<RedirectorInputs> batch, Action<string, Tensor>? probe = null)
    {
        RedirectorInputs first = batch[0];
        foreach (RedirectorInputs inputs in batch)
        {
            RedirectorInputsCheck.Run(Config, inputs);
            if (inputs.Shape != first.Shape || inputs.ConditionShape != first.ConditionShape)
                throw new ArgumentException($"Conditions of {first.Shape} and {inputs.Shape} cannot share a batch.", nameof(batch));
        }

        (LatentShape shape, LatentShape conditionShape) = (first.Shape, first.ConditionShape);
        Tensor targetCamera = Batch(batch, inputs => CameraTokens(shape, inputs.TargetCamera.Span)),
            conditionCamera = Batch(batch, inputs => CameraTokens(conditionShape, inputs.ConditionCamera.Span));
        Tensor conditionPatches = _patchEmbedding.Apply(Batch(batch, inputs => HostTensors.From(inputs.ConditionLatents.Span,
            [1, shape.Layout.Channels, conditionShape.Frames, shape.Height, shape.Width], _formats.Compute, _device)));
        Tensor camera = cat([targetCamera, conditionCamera], dim: 1);
        Tensor? text = _textEmbedding is null ? null : Batch(batch, inputs => EmbedText(inputs.Text!));
        Tensor? image = _imageEmbedding is null ? null : Batch(batch, inputs => _imageEmbedding.Apply(Upload(inputs.Image!, inputs.Image!.Count)));
        probe?.Invoke("condition_patches", conditionPatches);
        probe?.Invoke("control_adapter", camera);
        if (text is not null) probe?.Invoke("text_embedding", text);
        if (image is not null) probe?.Invoke("img_emb", image);

        return new RedirectorContext
        {
            Position = Position(shape, conditionShape),
            ActivatedCamera = camera.silu(),
            TargetCamera = targetCamera,
            ConditionTokens = (conditionPatches + conditionCamera).As(_formats.Exact),
            Text = text,
            NegativeText = batch.All(inputs => inputs.NegativeText is not null) ? Batch(batch, inputs => EmbedText(inputs.NegativeText!)) : null,
            Image = image,
        };
    }

    /// <summary>Velocities of a batch of latents under one condition.</summary>
    /// <param name="latents"><c>[batch, channels, F, H, W]</c>, full precision.</param>
    /// <param name="timesteps">1000 σ, one for the whole batch or one each.</param>
    /// <param name="condition">Prepared by this network.</param>
    /// <param name="negative">Whether to use the negative prompt, which is all that differs in the second pass of guidance.</param>
    /// <param name="probe">Receives intermediates under the names of the golden tensors, for tests.</param>
    internal Tensor Velocity(
        Tensor latents, ReadOnlySpan<float> timesteps, RedirectorCondition condition, bool negative = false,
        Action<string, Tensor>? probe = null)
    {
        using DisposeScope scope = NewDisposeScope();
        return Velocity(latents, timesteps, condition.For(this), condition.Shape, negative, probe).MoveToOuterDisposeScope();
    }

    /// <summary>Velocities of latents under conditions of their own (one batch element each) or under a common one.</summary>
    internal Tensor Velocity(
        Tensor latents, ReadOnlySpan<float> timesteps, RedirectorContext context, LatentShape shape, bool negative = false,
        Action<string, Tensor>? probe = null)
    {
        using DisposeScope scope = NewDisposeScope();
        RedirectorPass pass = Begin(latents, timesteps, context, shape, negative, probe);
        Tensor x = pass.Tokens;
        for (int i = 0; i < _blocks.Count; i++) x = RunBlock(i, x, pass, probe);
        return RunHead(x, pass, probe).MoveToOuterDisposeScope();
    }

    /// <summary>Embeds time and patches: everything before the first block.</summary>
    internal RedirectorPass Begin(
        Tensor latents, ReadOnlySpan<float> timesteps, RedirectorContext context, LatentShape shape, bool negative,
        Action<string, Tensor>? probe = null)
    {
        Tensor? text = !Config.HasText ? null : (negative ? context.NegativeText : context.Text)
            ?? throw new ArgumentException("The condition has no negative prompt, which guidance needs.", nameof(context));
        Tensor timeEmbedding = _timeEmbedding.Apply(timesteps, probe);
        Tensor timeProjection = _timeProjection.Apply(timeEmbedding);

        Tensor patches = _patchEmbedding.Apply(latents.As(_formats.Compute));
        Tensor target = (patches + context.TargetCamera).As(_formats.Exact), other = context.ConditionTokens;
        Tensor tokens = cat([target, other.expand(latents.shape[0], other.shape[1], other.shape[2])], dim: 1);
        probe?.Invoke("time_projection", timeProjection);
        probe?.Invoke("target_patches", patches);
        probe?.Invoke("tokens_in", tokens);
        return new RedirectorPass
        {
            Tokens = tokens, TimeEmbedding = timeEmbedding, TimeProjection = timeProjection, Text = text, Image = context.Image,
            ActivatedCamera = context.ActivatedCamera, Position = context.Position, Shape = shape,
            TargetTokens = context.TargetCamera.shape[1], DataToVelocity = DataToVelocity.For(Config, latents, timesteps),
        };
    }

    /// <summary>One transformer block on the residual stream.</summary>
    internal Tensor RunBlock(int index, Tensor x, RedirectorPass pass, Action<string, Tensor>? probe = null) =>
        _blocks[index].Apply(x, pass, Prefixed(probe, index));

    /// <summary>Velocities from the residual stream; the condition half is dropped.</summary>
    internal Tensor RunHead(Tensor x, RedirectorPass pass, Action<string, Tensor>? probe = null)
    {
        Tensor output = _head.Apply(x.narrow(1, 0, pass.TargetTokens), pass.TimeEmbedding, pass.Shape, probe);
        return pass.DataToVelocity is { } toVelocity ? toVelocity.Apply(output) : output;
    }

    private static Action<string, Tensor>? Prefixed(Action<string, Tensor>? probe, int block) =>
        probe is null ? null : (name, tensor) => probe($"b{block}.{name}", tensor);

    // A few latent frames at a time: at full size all at once would take gigabytes.
    private Tensor CameraTokens(LatentShape shape, ReadOnlySpan<float> maps)
    {
        int pixels = shape.HeightPixels * shape.WidthPixels, channels = shape.Layout.CameraChannels;
        int atOnce = Math.Clamp(CameraNumbersAtOnce / (channels * pixels), 1, shape.Frames);
        List<Tensor> parts = [];
        for (int start = 0; start < shape.Frames; start += atOnce)
        {
            int frames = Math.Min(atOnce, shape.Frames - start);
            float[] part = new float[frames * channels * pixels];
            for (int f = 0; f < frames; f++)
            {
                for (int channel = 0; channel < channels; channel++)
                    maps.Slice((channel * shape.Frames + start + f) * pixels, pixels).CopyTo(part.AsSpan((f * channels + channel) * pixels));
            }

            Tensor uploaded = HostTensors.From(part, [frames, channels, shape.HeightPixels, shape.WidthPixels], _formats.Compute, _device);
            parts.Add(_controlAdapter.Apply(uploaded));
        }

        return cat(parts, dim: 0).unsqueeze(0);
    }

    private PairRotation Position(LatentShape shape, LatentShape condition)
    {
        RotaryTable table = RotaryTable.Of(Config, shape.Frames, shape.Height / 2, shape.Width / 2);
        double[] cosines = Array.ConvertAll(table.Angles, Math.Cos), sines = Array.ConvertAll(table.Angles, Math.Sin);
        return PairRotation.Of(ForBothHalves(cosines, table, condition.Tokens), ForBothHalves(sines, table, condition.Tokens));
    }

    // Frames run slowest, so a shorter condition video has the first rows of the table.
    private Tensor ForBothHalves(double[] values, RotaryTable table, int conditionTokens)
    {
        Tensor half = tensor(values, [1, table.Tokens, 1, table.Pairs], dtype: _formats.Exact, device: _device);
        return cat([half, half.narrow(1, 0, conditionTokens)], dim: 1);
    }

    private static Tensor Batch(IReadOnlyList<RedirectorInputs> batch, Func<RedirectorInputs, Tensor> encode) =>
        batch.Count == 1 ? encode(batch[0]) : cat([.. batch.Select(encode)], dim: 0);

    private Tensor EmbedText(TokenFeatures text) => _textEmbedding!.Apply(Upload(text, Config.TextTokens));

    private Tensor Upload(TokenFeatures features, int rows)
    {
        float[] padded = new float[rows * features.Width];
        features.Values.Span.CopyTo(padded);
        return HostTensors.From(padded, [1, rows, features.Width], _formats.Compute, _device);
    }
}
