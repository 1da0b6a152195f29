using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// A diffusion transformer of the Wan2.1 family: the velocity of a video's latents, given a prompt and whatever else the variant takes.
/// </summary>
/// <remarks>
/// The variants share everything but their inputs: <see cref="WanTransformer"/> (text-to-video, Control-Camera),
/// <see cref="RedirectorTransformer"/>, <see cref="ReCamMasterTransformer"/>. The path names of the weights are those of the released
/// files. Device and number type are chosen when the network is made; it is not meant to be moved afterwards.
/// </remarks>
public abstract class FlowTransformer : nn.Module
{
    private const int CameraNumbersAtOnce = 1 << 20;

    private protected readonly NumberFormats _formats;
    [ComponentName(Name = "patch_embedding")] private protected readonly PatchEmbedding _patchEmbedding;
    [ComponentName(Name = "text_embedding")] private protected readonly FeedForward? _textEmbedding;
    [ComponentName(Name = "time_embedding")] private protected readonly TimeEmbedding _timeEmbedding;
    [ComponentName(Name = "time_projection")] private protected readonly TimeProjection _timeProjection;
    [ComponentName(Name = "blocks")] private protected readonly ModuleList<WanBlock> _blocks;
    [ComponentName(Name = "head")] private protected readonly WanHead _head;
    [ComponentName(Name = "img_emb")] private protected readonly ImageEmbedding? _imageEmbedding;
    [ComponentName(Name = "control_adapter")] private protected readonly ControlAdapter? _controlAdapter;

    private protected FlowTransformer(string name, WanConfig config, Device device, ScalarType type) : base(name)
    {
        Sizes = config.Validated();
        ParameterFactory make = new(device, new NumberFormats(type));
        (Device, _formats) = (device, make.Formats);
        _patchEmbedding = new PatchEmbedding(make, config);
        _textEmbedding = config.HasText ? new FeedForward(make, config.TextWidth, config.Width, config.Width, TorchSharp.Modules.GELU.Approximate.tanh) : null;
        _timeEmbedding = new TimeEmbedding(make, config);
        _timeProjection = new TimeProjection(make, config);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, config.Layers).Select(_ => new WanBlock(make, config))]);
        _head = new WanHead(make, config);
        _imageEmbedding = config.ImageWidth is int width ? new ImageEmbedding(make, width, config.Width) : null;
        _controlAdapter = config.HasControlAdapter ? new ControlAdapter(make, config) : null;
        RegisterComponents();
    }

    /// <summary>Sizes of the network.</summary>
    public WanConfig Sizes { get; }

    /// <summary>Where the weights and the arithmetic are.</summary>
    internal Device Device { get; }

    /// <summary>Types the network computes in.</summary>
    internal NumberFormats Formats => _formats;

    /// <summary>Writes all weights to a safetensors file, in the type they are kept in.</summary>
    public void Save(string path) => ModuleWeights.Save(this, path);

    /// <summary>Computes once what all steps of one condition share: prompt and image tokens, camera tokens, rotary tables.</summary>
    /// <exception cref="ArgumentException">
    /// An input is of another kind or size than the network or the shape asks for, or is not finite.
    /// </exception>
    public FlowCondition Prepare(FlowInputs inputs) => PrepareKept(inputs, (shape, context) => new FlowCondition(this, shape, context));

    private protected TCondition PrepareKept<TCondition>(
        FlowInputs inputs, Func<LatentShape, FlowContext, TCondition> make, Action<string, Tensor>? probe = null)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return make(inputs.Shape, Encode([inputs], probe).Keep());
    }

    /// <summary>
    /// What the steps of conditions of one size share, one batch element each. Gradients flow into the weights that require them;
    /// the tensors belong to the current dispose scope.
    /// </summary>
    internal abstract FlowContext Encode(IReadOnlyList<FlowInputs> batch, Action<string, Tensor>? probe = null);

    /// <summary>Velocities of a batch of latents under one condition.</summary>
    /// <param name="latents"><c>[batch, channels, F, H, W]</c>, full precision.</param>
    /// <param name="timesteps">1000 σ, one for the whole batch or one each.</param>
    /// <param name="condition">Prepared by this network.</param>
    /// <param name="negative">Whether to use the negative prompt, which is all that differs in the second pass of guidance.</param>
    /// <param name="probe">Receives intermediates under the names of the golden tensors, for tests.</param>
    internal Tensor Velocity(
        Tensor latents, ReadOnlySpan<float> timesteps, FlowCondition condition, bool negative = false,
        Action<string, Tensor>? probe = null) =>
        Velocity(latents, timesteps, condition.For(this), condition.Shape, negative, probe);

    /// <summary>Velocities of latents under conditions of their own (one batch element each) or under a common one.</summary>
    internal Tensor Velocity(
        Tensor latents, ReadOnlySpan<float> timesteps, FlowContext context, LatentShape shape, bool negative = false,
        Action<string, Tensor>? probe = null)
    {
        using DisposeScope scope = NewDisposeScope();
        FlowPass pass = Begin(latents, timesteps, context, shape, negative, probe);
        Tensor x = pass.Tokens;
        for (int i = 0; i < _blocks.Count; i++)
        {
            using Tensor before = x;       // a pass keeps one residual stream, not one per block
            x = RunBlock(i, before, pass, probe);
        }

        return RunHead(x, pass, probe).MoveToOuterDisposeScope();
    }

    /// <summary>Embeds time and patches: everything before the first block.</summary>
    internal FlowPass Begin(
        Tensor latents, ReadOnlySpan<float> timesteps, FlowContext context, LatentShape shape, bool negative,
        Action<string, Tensor>? probe = null)
    {
        Tensor? text = !Sizes.HasText ? null : (negative ? context.NegativeText : context.Text)
            ?? throw new ArgumentException("The condition has no negative prompt, which guidance needs.", nameof(context));
        Tensor timeEmbedding = _timeEmbedding.Apply(timesteps, probe);
        Tensor timeProjection = _timeProjection.Apply(timeEmbedding);

        Tensor patches = _patchEmbedding.Apply(latents.As(_formats.Compute));
        Tensor tokens = (context.AddedToTarget is null ? patches : patches + context.AddedToTarget).As(_formats.Exact);
        if (context.ConditionTokens is { } other)
            tokens = cat([tokens, other.expand(latents.shape[0], other.shape[1], other.shape[2])], dim: 1);
        probe?.Invoke("time_projection", timeProjection);
        probe?.Invoke("target_patches", patches);
        probe?.Invoke("tokens_in", tokens);
        return new FlowPass
        {
            Tokens = tokens, TimeEmbedding = timeEmbedding, TimeProjection = timeProjection, Text = text, Image = context.Image,
            ActivatedCamera = context.ActivatedCamera, Poses = context.Poses, Position = context.Position, Shape = shape,
            TargetTokens = shape.Tokens, DataToVelocity = DataToVelocity.For(Sizes, latents, timesteps),
        };
    }

    /// <summary>One transformer block on the residual stream.</summary>
    internal Tensor RunBlock(int index, Tensor x, FlowPass pass, Action<string, Tensor>? probe = null) =>
        _blocks[index].Apply(x, pass, Prefixed(probe, index));

    /// <summary>Velocities from the residual stream; tokens of a condition video are dropped.</summary>
    internal Tensor RunHead(Tensor x, FlowPass pass, Action<string, Tensor>? probe = null)
    {
        Tensor output = _head.Apply(x.narrow(1, 0, pass.TargetTokens), pass.TimeEmbedding, pass.Shape, probe);
        return pass.DataToVelocity is { } toVelocity ? toVelocity.Apply(output) : output;
    }

    /// <summary>Loads all weights, or those of the network's base if exactly the layers that the variant adds to it are missing.</summary>
    private protected void LoadAll(IWeightSource weights)
    {
        try
        {
            weights = WanDiffusersKeys.Native(weights);        // a view that stays undisposed: the source is the caller's
            WeightKeyReport report = WeightKeyReport.Compare(ModuleWeights.ShapesOf(this), weights.Entries);
            bool isBase = report.Missing.Count > 0 && report.Missing.All(WanKeys.IsAddition);
            report.Require(weights.Path, isBase ? KeyTolerance.Missing : KeyTolerance.None);
            if (isBase) WeightInitialisation.FillAdditions(this);
            ModuleWeights.Load(this, weights, isBase ? KeyTolerance.Missing : KeyTolerance.None);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The inputs as the variant's own kind, each checked, and all of one size.</summary>
    private protected TInputs[] Checked<TInputs>(IReadOnlyList<FlowInputs> batch) where TInputs : FlowInputs
    {
        TInputs[] typed = [.. batch.Select(inputs => inputs as TInputs ?? throw new ArgumentException(
            $"{GetName()} takes {typeof(TInputs).Name}, not {inputs.GetType().Name}.", nameof(batch)))];
        foreach (TInputs inputs in typed)
        {
            inputs.Check(Sizes);
            if (inputs.Shape != typed[0].Shape)
                throw new ArgumentException($"Conditions of {typed[0].Shape} and {inputs.Shape} cannot share a batch.", nameof(batch));
        }

        return typed;
    }

    // A few latent frames at a time: at full size all at once would take gigabytes.
    private protected Tensor CameraTokens(LatentShape shape, ReadOnlySpan<float> maps)
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

            Tensor uploaded = HostTensors.From(part, [frames, channels, shape.HeightPixels, shape.WidthPixels], _formats.Compute, Device);
            parts.Add(_controlAdapter!.Apply(uploaded));
        }

        return cat(parts, dim: 0).unsqueeze(0);
    }

    /// <summary>Latents of one video as a tensor of the type that products are computed in.</summary>
    private protected Tensor UploadLatents(ReadOnlyMemory<float> latents, LatentShape shape) => HostTensors.From(
        latents.Span, [1, shape.Layout.Channels, shape.Frames, shape.Height, shape.Width], _formats.Compute, Device);

    /// <summary>Rotation by position of a number of tokens.</summary>
    /// <param name="frames">Latent frames of the grid.</param>
    /// <param name="shape">Rows and columns of the grid.</param>
    /// <param name="repeated">Tokens whose positions are appended once more, from the first on; 0 for none.</param>
    private protected PairRotation Position(int frames, LatentShape shape, int repeated)
    {
        RotaryTable table = RotaryTable.Of(Sizes, frames, shape.Height / 2, shape.Width / 2);
        return PairRotation.Of(Of(Math.Cos), Of(Math.Sin));

        Tensor Of(Converter<double, double> function)
        {
            Tensor all = tensor(Array.ConvertAll(table.Angles, function), [1, table.Tokens, 1, table.Pairs], dtype: _formats.Exact, device: Device);
            return repeated == 0 ? all : cat([all, all.narrow(1, 0, repeated)], dim: 1);
        }
    }

    /// <summary>Prompt, negative prompt and image of a batch as context tokens.</summary>
    private protected (Tensor? Text, Tensor? NegativeText, Tensor? Image) EncodeContext(
        IReadOnlyList<FlowInputs> batch, Action<string, Tensor>? probe)
    {
        Tensor? text = _textEmbedding is null ? null : Batch(batch, inputs => EmbedText(inputs.Text!));
        Tensor? negative = batch.All(inputs => inputs.NegativeText is not null) ? Batch(batch, inputs => EmbedText(inputs.NegativeText!)) : null;
        Tensor? image = _imageEmbedding is null
            ? null
            : Batch(batch, inputs => _imageEmbedding.Apply(Upload(inputs.Image!, inputs.Image!.Count)));
        if (text is not null) probe?.Invoke("text_embedding", text);
        if (image is not null) probe?.Invoke("img_emb", image);
        return (text, negative, image);
    }

    /// <summary>One tensor per element of a batch, put together.</summary>
    private protected static Tensor Batch<TInputs>(IReadOnlyList<TInputs> batch, Func<TInputs, Tensor> encode) =>
        batch.Count == 1 ? encode(batch[0]) : cat([.. batch.Select(encode)], dim: 0);

    private static Action<string, Tensor>? Prefixed(Action<string, Tensor>? probe, int block) =>
        probe is null ? null : (name, tensor) => probe($"b{block}.{name}", tensor);

    private Tensor EmbedText(TokenFeatures text) => _textEmbedding!.Apply(Upload(text, Sizes.TextTokens));

    private Tensor Upload(TokenFeatures features, int rows)
    {
        float[] padded = new float[rows * features.Width];
        features.Values.Span.CopyTo(padded);
        return HostTensors.From(padded, [1, rows, features.Width], _formats.Compute, Device);
    }
}
