using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The weight files of a released system, and how to open them. Files a run does not need may be absent.</summary>
/// <remarks>
/// ReDirector: base network (Wan2.1-Fun-V1.1-1.3B-Control-Camera, whose folder also holds the encoders), step file, autoencoder, text encoder, tokenizer, image
/// encoder. ReCamMaster needs no image encoder, and its step file is the whole network.
/// </remarks>
public sealed record ReleasedCheckpoints
{
    /// <summary>Diffusion transformer: ReDirector's base, or a complete network. safetensors, shards or a PyTorch file, native names or diffusers'.</summary>
    public string? Network { get; init; }

    /// <summary>ReDirector: self-attention weights laid over the base, as of a released or an own training run. ReCamMaster: the whole network.</summary>
    public string? StepWeights { get; init; }

    /// <summary>Autoencoder.</summary>
    public string? Vae { get; init; }

    /// <summary>umT5 text encoder, under Wan's names or Hugging Face's.</summary>
    public string? TextEncoder { get; init; }

    /// <summary>Its SentencePiece model.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>CLIP.</summary>
    public string? ImageEncoder { get; init; }

    /// <summary>The folder the files were looked for in, for messages; null if they were named one by one.</summary>
    public string? Folder { get; init; }

    private IEnumerable<(CheckpointRole Role, string? Path)> Files =>
    [
        (CheckpointRole.Network, Network), (CheckpointRole.StepWeights, StepWeights), (CheckpointRole.Vae, Vae),
        (CheckpointRole.Text, TextEncoder), (CheckpointRole.Tokenizer, Tokenizer), (CheckpointRole.Image, ImageEncoder),
    ];

    /// <summary>Finds files by their released names in a folder. What is not there stays null.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">Several files could be the step weights.</exception>
    public static ReleasedCheckpoints FromFolder(string folder) => Directory.Exists(folder)
        ? new ReleasedCheckpoints
        {
            Folder = folder,
            Network = CheckpointRole.Network.FindIn(folder), StepWeights = CheckpointRole.StepWeights.FindIn(folder), Vae = CheckpointRole.Vae.FindIn(folder),
            TextEncoder = CheckpointRole.Text.FindIn(folder), Tokenizer = CheckpointRole.Tokenizer.FindIn(folder), ImageEncoder = CheckpointRole.Image.FindIn(folder),
        }
        : throw new DirectoryNotFoundException($"{folder} is missing: the folder of the released weight files.");

    /// <summary>These files, if all that a network needs are there; looked at before anything large is read.</summary>
    /// <param name="config">Sizes of the network.</param>
    /// <exception cref="FileNotFoundException">Lists every missing file and what it is for.</exception>
    public ReleasedCheckpoints RequireFor(WanConfig config)
    {
        bool isComplete = config is ReCamMasterConfig && StepWeights is not null;
        string[] problems =
        [
            .. Files.Where(f => IsNeeded(f.Role, config, isComplete) || f.Path is not null).Select(f => f.Role.Problem(f.Path, Folder)).OfType<string>(),
        ];
        return problems.Length == 0 ? this : throw Missing(problems);
    }

    /// <summary>ReDirector: base, camera phases, and the step file over it if there is one.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">Type of matrix products.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which and what it is for.</exception>
    /// <exception cref="WeightMismatchException">A file holds another network.</exception>
    public RedirectorTransformer LoadRedirector(RedirectorConfig config, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        if (StepWeights is not null) Existing(CheckpointRole.StepWeights, StepWeights);
        using IWeightSource weights = OpenNetwork(CheckpointRole.Network, Network);
        RedirectorTransformer network = RedirectorTransformer.Load(config, weights, device, type);
        if (StepWeights is null) return network;
        try
        {
            using IWeightSource step = WeightSources.Open(StepWeights);
            network.LoadSelfAttention(step);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>ReCamMaster: its step file, or a base whose added layers then start without effect.</summary>
    /// <inheritdoc cref="LoadRedirector(RedirectorConfig, Device?, ScalarType)"/>
    public ReCamMasterTransformer LoadReCamMaster(ReCamMasterConfig config, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = StepWeights is null ? OpenNetwork(CheckpointRole.Network, Network) : OpenNetwork(CheckpointRole.StepWeights, StepWeights);
        return ReCamMasterTransformer.Load(config, weights, device, type);
    }

    /// <summary>Wan2.1 text-to-video.</summary>
    /// <inheritdoc cref="LoadRedirector(RedirectorConfig, Device?, ScalarType)"/>
    public WanTransformer LoadWan(WanConfig config, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = OpenNetwork(CheckpointRole.Network, Network);
        return WanTransformer.Load(config, weights, device, type);
    }

    /// <summary>The autoencoder.</summary>
    /// <inheritdoc cref="LoadRedirector(RedirectorConfig, Device?, ScalarType)"/>
    public WanVae LoadVae(WanVaeConfig config, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = WeightSources.Open(Existing(CheckpointRole.Vae, Vae));
        return WanVae.Load(config, weights, WanVaeParts.Both, device, type);
    }

    /// <summary>The network of the text encoder; <see cref="LoadTokenizer"/> opens its tokenizer.</summary>
    /// <inheritdoc cref="LoadRedirector(RedirectorConfig, Device?, ScalarType)"/>
    public Umt5Encoder LoadTextEncoder(Umt5Config config, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = WeightSources.Open(Existing(CheckpointRole.Text, TextEncoder));
        return Umt5Encoder.Load(config, weights, device, type);
    }

    /// <summary>The tokenizer of the text encoder.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="TokenizerFormatException">The file is no SentencePiece unigram model.</exception>
    public SentencePieceTokenizer LoadTokenizer() => SentencePieceTokenizer.Load(Existing(CheckpointRole.Tokenizer, Tokenizer));

    /// <summary>The image encoder.</summary>
    /// <inheritdoc cref="LoadRedirector(RedirectorConfig, Device?, ScalarType)"/>
    public ClipImageEncoder LoadImageEncoder(ClipConfig config, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = WeightSources.Open(Existing(CheckpointRole.Image, ImageEncoder));
        return ClipImageEncoder.Load(config, weights, device, type);
    }

    private static bool IsNeeded(CheckpointRole role, WanConfig config, bool stepIsComplete)
    {
        if (role == CheckpointRole.Network) return !stepIsComplete;
        if (role == CheckpointRole.StepWeights) return false;
        if (role == CheckpointRole.Text || role == CheckpointRole.Tokenizer) return config.HasText;
        return role != CheckpointRole.Image || config.ImageWidth is not null;
    }

    private IWeightSource OpenNetwork(CheckpointRole role, string? path) => WeightSources.Open(Existing(role, path));

    private string Existing(CheckpointRole role, string? path) => role.Problem(path, Folder) is { } problem ? throw Missing([problem]) : path!;

    private static FileNotFoundException Missing(string[] problems) => new(string.Join(Environment.NewLine, problems) + ".");
}
