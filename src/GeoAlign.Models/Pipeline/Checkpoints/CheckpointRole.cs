namespace GeoAlign.Models;

/// <summary>One of the files a released system consists of: what it is for and under which names it is released.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Purpose">What it is needed for.</param>
/// <param name="Property">Where it is named in <see cref="ReleasedCheckpoints"/>.</param>
/// <param name="Patterns">Names in a release, relative to its folder, the usual one first; a star stands for anything.</param>
internal sealed record CheckpointRole(string Name, string Purpose, string Property, params string[] Patterns)
{
    public static CheckpointRole Network { get; } = new(
        "the diffusion transformer", "it generates the latents", nameof(ReleasedCheckpoints.Network),
        "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.safetensors.index.json");

    public static CheckpointRole StepWeights { get; } = new(
        "the trained weights of the camera-controlled network", "they are laid over the diffusion transformer", nameof(ReleasedCheckpoints.StepWeights),
        "step*.safetensors", "step*.ckpt");

    public static CheckpointRole Vae { get; } = new(
        "the video autoencoder", "it turns the condition video into latents and latents into the result", nameof(ReleasedCheckpoints.Vae),
        "Wan2.1_VAE.pth", "Wan2.1_VAE.safetensors");

    public static CheckpointRole Text { get; } = new(
        "the text encoder (umT5)", "it turns prompts into features", nameof(ReleasedCheckpoints.TextEncoder),
        "models_t5_umt5-xxl-enc-bf16.pth", "models_t5_umt5-xxl-enc-bf16.safetensors");

    public static CheckpointRole Tokenizer { get; } = new(
        "the tokenizer (SentencePiece)", "it cuts prompts into the text encoder's tokens", nameof(ReleasedCheckpoints.Tokenizer),
        "google/umt5-xxl/spiece.model", "spiece.model");

    public static CheckpointRole Image { get; } = new(
        "the image encoder (CLIP)", "it describes the condition video's first frame to the network", nameof(ReleasedCheckpoints.ImageEncoder),
        "models_clip_open-clip-xlm-roberta-large-vit-huge-14.pth", "models_clip_open-clip-xlm-roberta-large-vit-huge-14.safetensors");

    /// <summary>The file in a folder, or null.</summary>
    /// <exception cref="ArgumentException">Several files have such names.</exception>
    public string? FindIn(string folder)
    {
        foreach (string pattern in Patterns)
        {
            string place = Path.GetDirectoryName(Path.Combine(folder, pattern))!;
            string[] found = Directory.Exists(place) ? Directory.GetFiles(place, Path.GetFileName(pattern)) : [];
            if (found.Length > 1)
            {
                Array.Sort(found, StringComparer.Ordinal);
                throw new ArgumentException($"{folder} holds {found.Length} files {pattern} ({string.Join(", ", found.Select(Path.GetFileName))}); name the one that is {Name} ({Property}).", nameof(folder));
            }

            if (found.Length == 1) return found[0];
        }

        return null;
    }

    /// <summary>Why the file cannot be opened, or null.</summary>
    public string? Problem(string? path, string? folder)
    {
        if (path is not null) return WeightSources.IsThere(path) ? null : $"{path} is missing: {Name}; {Purpose}";
        string where = folder is null ? $"no file is named ({Property})" : $"{Path.Combine(folder, Patterns[0])} is missing";
        return $"{where}: {Name}; {Purpose}";
    }
}
