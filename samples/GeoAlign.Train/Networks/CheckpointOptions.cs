using System.CommandLine;
using System.CommandLine.Parsing;
using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>The command-line options that say which networks are used, common to training and generating.</summary>
internal sealed class CheckpointOptions
{
    private readonly Option<string?> _folder = new("--checkpoints") { Description = "Folder with the released files under their released names; single files can be named instead or in addition." };
    private readonly Option<string?> _weights = new("--weights") { Description = "Weights of the network: complete, or ReDirector's base (Wan2.1-Fun-V1.1-1.3B-Control-Camera), whose camera phases then start at zero. Default: untrained." };
    private readonly Option<string?> _step = new("--step-weights") { Description = "Self-attention weights laid over --weights: ReDirector's step file, or self_attention.safetensors of a run." };
    private readonly Option<string?> _vae = new("--vae") { Description = "Wan2.1 autoencoder (Wan2.1_VAE.pth). Default: a block-cosine codec." };
    private readonly Option<string?> _text = new("--text-encoder") { Description = "umT5-XXL encoder (models_t5_umt5-xxl-enc-bf16.pth)." };
    private readonly Option<string?> _tokenizer = new("--tokenizer") { Description = "Its SentencePiece model (google/umt5-xxl/spiece.model)." };
    private readonly Option<string?> _image = new("--image-encoder") { Description = "CLIP ViT-H/14 (models_clip_open-clip-xlm-roberta-large-vit-huge-14.pth)." };
    private readonly Option<NetworkSize?> _network = new("--network") { Description = "Size of the networks: release with --checkpoints, else miniature." };
    private readonly Option<string> _device = new("--device") { Description = "Device of the networks: cpu, cuda, cuda:1.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<NumberType?> _precision = new("--precision") { Description = "Type of frozen weights and of matrix products: bf16 for the released network, else fp32. Norms and trained weights stay in fp32." };
    private readonly Option<bool> _offload = new("--offload") { Description = "Keep encoders and autoencoder in the host's memory while they are not needed. Results stay the same." };
    private readonly Option<bool> _tiled = new("--tiled") { Description = "Pass frames through the autoencoder in overlapping tiles: less memory, slightly other numbers." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _folder, _weights, _step, _vae, _text, _tokenizer, _image, _network, _device, _precision, _offload, _tiled })
            command.Options.Add(option);
    }

    /// <summary>What the user chose.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">Seed of an untrained network.</param>
    public SystemSettings Read(ParseResult parsed, int seed)
    {
        string? folder = Full(parsed, _folder);
        ReleasedCheckpoints found = folder is null ? new ReleasedCheckpoints() : ReleasedCheckpoints.FromFolder(folder);
        NetworkSize size = parsed.GetValue(_network) ?? (folder is null ? NetworkSize.Miniature : NetworkSize.Release);
        return new SystemSettings
        {
            Network = size,
            Files = found with
            {
                Network = Full(parsed, _weights) ?? found.Network, StepWeights = Full(parsed, _step) ?? found.StepWeights, Vae = Full(parsed, _vae) ?? found.Vae,
                TextEncoder = Full(parsed, _text) ?? found.TextEncoder, Tokenizer = Full(parsed, _tokenizer) ?? found.Tokenizer, ImageEncoder = Full(parsed, _image) ?? found.ImageEncoder,
            },
            Device = parsed.GetValue(_device)!,
            Precision = parsed.GetValue(_precision) ?? (size == NetworkSize.Release ? NumberType.Bf16 : NumberType.Fp32),
            Offload = parsed.GetValue(_offload),
            Tiled = parsed.GetValue(_tiled),
            Seed = seed,
        };
    }

    private static string? Full(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } path ? Path.GetFullPath(path) : null;
}
