using GeoAlign.Models;

namespace GeoAlign.Train.Tests;

/// <summary>A folder of tiny weight files under the released names and in the released key layouts.</summary>
internal static class ReleasedFolder
{
    private const int Vocabulary = 384;

    private static readonly RedirectorConfig Sizes = RedirectorConfig.Tiny with
    {
        TextWidth = Umt5Config.Tiny.Width, TextTokens = Umt5Config.Tiny.MostTokens, ImageWidth = ClipConfig.Tiny.Width,
    };

    /// <summary>Writes base, step file, autoencoder, text encoder, tokenizer and image encoder.</summary>
    public static string Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "google/umt5-xxl"));
        using (RedirectorTransformer network = RedirectorTransformer.CreateRandom(Sizes, 3))
        {
            ModuleWeights.Save(network, At("diffusion_pytorch_model.safetensors"), key => !RedirectorKeys.IsPhaseLayer(key));
        }

        using (RedirectorTransformer network = RedirectorTransformer.CreateRandom(Sizes, 4)) network.Save(At("step20000.safetensors"), selfAttentionOnly: true);
        File.Copy(Repository.Fixture("models", "vae_tiny.weights.safetensors"), At("Wan2.1_VAE.safetensors"));
        File.Copy(Repository.Fixture("models", "clip_tiny.weights.safetensors"), At("models_clip_open-clip-xlm-roberta-large-vit-huge-14.safetensors"));
        File.Copy(Repository.Fixture("models", "tokenizer_sample.model"), At("google/umt5-xxl/spiece.model"));
        WriteTextEncoder(At("models_t5_umt5-xxl-enc-bf16.safetensors"));
        return folder;

        string At(string name) => Path.Combine(folder, name);
    }

    // The golden text encoder, with as many embeddings as the tokenizer has pieces.
    private static void WriteTextEncoder(string path)
    {
        using IWeightSource golden = WeightSources.Open(Repository.Fixture("models", "umt5_tiny.weights.safetensors"));
        SafetensorsWriter.Write(path, [.. golden.Entries.Values.Select(entry => entry.Name == "token_embedding.weight"
            ? WeightToWrite.Of(entry.Name, [Vocabulary, Umt5Config.Tiny.Width], Embeddings())
            : WeightToWrite.Of(entry.Name, entry.Shape, golden.ReadSingles(entry.Name)))]);
    }

    private static float[] Embeddings()
    {
        Random random = new(1);
        float[] values = new float[Vocabulary * Umt5Config.Tiny.Width];
        for (int i = 0; i < values.Length; i++) values[i] = (float)(2 * random.NextDouble() - 1);
        return values;
    }
}
