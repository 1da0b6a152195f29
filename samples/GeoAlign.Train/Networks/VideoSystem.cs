using GeoAlign.Models;
using TorchSharp;

namespace GeoAlign.Train;

/// <summary>The networks around the diffusion transformer, opened once: features of all prompts, the codec, the image encoder.</summary>
internal sealed class VideoSystem : IDisposable
{
    private readonly SystemSettings _settings;
    private readonly SystemSizes _sizes;
    private readonly torch.Device _device;
    private readonly WanVae? _vae;
    private readonly ClipImageEncoder? _image;
    private readonly Dictionary<string, TokenFeatures> _prompts;

    private VideoSystem(SystemSettings settings, IEnumerable<string> prompts, DeviceStages stages)
    {
        (_settings, _sizes, _device) = (settings, SystemSizes.Of(settings), ComputeDevice.Named(settings.Device));
        Stages = stages;
        if (settings.Network == NetworkSize.Release) settings.Files.RequireFor(_sizes.Network);
        _prompts = ReadPrompts([.. prompts.Distinct(StringComparer.Ordinal)]);
        (_vae, _image) = Stages.Run(WorkStage.Encode, Load);
        if (_vae is not null) Stages.Add(new MovableModule("autoencoder", _vae, _device), WorkStage.Encode | WorkStage.Decode);
        if (_image is not null) Stages.Add(new MovableModule("image encoder", _image, _device), WorkStage.Encode);
        Codec = _vae is null ? new BlockDctCodec() : new WanLatentCodec(_vae, settings.Tiled ? VaeTiling.Default : null);
        Encoder = new ConditionEncoder(Codec, _image, Stages);
    }

    /// <summary>Which networks are on the device in which stage.</summary>
    public DeviceStages Stages { get; }

    /// <summary>Video to latents and back.</summary>
    public ILatentCodec Codec { get; }

    /// <summary>Clips and paths to what the network takes.</summary>
    public ConditionEncoder Encoder { get; }

    /// <summary>The image encoder, if there is one.</summary>
    public ClipImageEncoder? Image => _image;

    /// <summary>Opens the networks and reads the prompts; the text encoder is done with afterwards and freed.</summary>
    public static VideoSystem Open(SystemSettings settings, IEnumerable<string> prompts, DeviceStages stages) => new(settings, prompts, stages);

    /// <summary>The diffusion transformer, which belongs to the caller.</summary>
    public RedirectorTransformer LoadNetwork() => Stages.Run(WorkStage.Rollout, () =>
    {
        ReleasedCheckpoints files = _settings.Files;
        torch.ScalarType type = _settings.Precision.ToTorch();
        if (files.Network is not null) return files.LoadRedirector(_sizes.Network, _device, type);
        if (files.StepWeights is not null) throw new ArgumentException($"{files.StepWeights} lies over a base network; give that too (--weights).");
        return RedirectorTransformer.CreateRandom(_sizes.Network, (ulong)_settings.Seed, _device, type);
    });

    /// <summary>Features of a prompt that was named on opening. Without a text encoder all prompts are empty ones.</summary>
    public TokenFeatures Features(string prompt) => _prompts[prompt];

    public void Dispose()
    {
        _vae?.Dispose();
        _image?.Dispose();
    }

    private (WanVae? Vae, ClipImageEncoder? Image) Load()
    {
        torch.ScalarType type = _settings.Precision.ToTorch();
        WanVae? vae = _settings.Files.Vae is null ? null : _settings.Files.LoadVae(_sizes.Vae, _device, type);
        try
        {
            return (vae, _settings.Files.ImageEncoder is null ? null : _settings.Files.LoadImageEncoder(_sizes.Image, _device, type));
        }
        catch
        {
            vae?.Dispose();
            throw;
        }
    }

    private Dictionary<string, TokenFeatures> ReadPrompts(string[] prompts)
    {
        ReleasedCheckpoints files = _settings.Files;
        if (files.TextEncoder is null && files.Tokenizer is null)
        {
            int width = _sizes.Network.TextWidth;
            return prompts.ToDictionary(prompt => prompt, _ => new TokenFeatures(1, width, new float[width]), StringComparer.Ordinal);
        }

        return Stages.Run(WorkStage.Text, () =>
        {
            SentencePieceTokenizer tokenizer = files.LoadTokenizer();
            using TextEncoder encoder = new(tokenizer, files.LoadTextEncoder(_sizes.Text, _device, _settings.Precision.ToTorch()), batchSize: 1);
            return prompts.Zip(encoder.Encode(prompts)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        });
    }
}
