using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoAlign.Models;
using GeoAlign.Models.Tests;

namespace GeoAlign.Train.Tests;

/// <summary>Folders as MapAnything, VideoAlign and HPSv3 are released, with tiny networks: the sizes stand in their config.json, the ids of tokens are the released ones.</summary>
internal sealed class RewardReleases
{
    private const int Vocabulary = 151_660;      // up to the last reward token
    private const string Embedding = "model.embed_tokens.weight";
    private const string Prefix = "<|im_start|>user\n", Suffix = "<|im_end|>\n<|im_start|>assistant\n";

    private static readonly FixtureTensors Golden = FixtureTensors.Load("rewards", "qwen2vl_tiny.safetensors");

    private readonly string _folder;

    public RewardReleases(string folder)
    {
        _folder = folder;
        TinyMapAnything.Write(MapAnything);
        WriteTokenizer();
        Write("VideoReward/videoalign_prompt.json", Prompt("video", ("template", "Judge this clip. Look: <|VQ_reward|> Motion: <|MQ_reward|> Asked for: {text_prompt} Match: <|TA_reward|>")));
        Write("HPSv3/hpsv3_prompt.json", Prompt("image", ("instruction", "Judge this picture. Asked for: {text_prompt}\n"), ("suffix_with_special_token", "Total: <|Reward|>\n")));
        Write("VideoReward/config.json", Sizes);
        Write("HPSv3/config.json", Sizes);
        WriteNetwork("VideoReward/checkpoint-7/model.pth", "w.videoalign.");
        WriteNetwork("HPSv3/HPSv3.safetensors", "w.hpsv3.");
    }

    public string MapAnything => Path.Combine(_folder, "map-anything");

    public string[] VideoAlign => ["--videoalign", Path.Combine(_folder, "VideoReward")];

    public string[] HpsV3 => ["--hpsv3", Path.Combine(_folder, "HPSv3", "HPSv3.safetensors")];

    /// <summary>What both need: the tokenizer, and that the prompt files have our own text.</summary>
    public string[] Language => ["--qwen-tokenizer", Path.Combine(_folder, "Qwen2-VL"), "--accept-other-text"];

    private static JsonObject Sizes => new()
    {
        ["model_type"] = "qwen2_vl", ["vocab_size"] = Vocabulary, ["hidden_size"] = 48, ["num_hidden_layers"] = 3, ["num_attention_heads"] = 6,
        ["num_key_value_heads"] = 2, ["intermediate_size"] = 96, ["rope_scaling"] = new JsonObject { ["mrope_section"] = new JsonArray(2, 1, 1) },
        ["vision_config"] = new JsonObject { ["embed_dim"] = 32, ["depth"] = 2, ["num_heads"] = 2, ["mlp_ratio"] = 4 },
    };

    private static JsonObject Prompt(string vision, params (string Key, string Text)[] texts)
    {
        JsonObject file = new()
        {
            ["substitution"] = "{text_prompt}",
            ["chat"] = new JsonObject { ["prefix"] = Prefix, [vision + "_placeholder"] = $"<|vision_start|><|{vision}_pad|><|vision_end|>", ["suffix"] = Suffix },
        };
        foreach ((string key, string text) in texts) file[key] = text;
        return file;
    }

    private void WriteTokenizer()
    {
        JsonObject special = new()
        {
            ["<|endoftext|>"] = 151_643, ["<|im_start|>"] = 151_644, ["<|im_end|>"] = 151_645, ["<|vision_start|>"] = 151_652, ["<|vision_end|>"] = 151_653,
            ["<|image_pad|>"] = 151_655, ["<|video_pad|>"] = 151_656,
        };
        Write("Qwen2-VL/added_tokens.json", special);
        File.Copy(Repository.Fixture("rewards", "tokenizer_vocab.json"), At("Qwen2-VL/vocab.json"));
        File.Copy(Repository.Fixture("rewards", "tokenizer_merges.txt"), At("Qwen2-VL/merges.txt"));
    }

    // The golden network with one of its heads; its embedding is repeated until every released id has a row.
    private void WriteNetwork(string path, string head)
    {
        IEnumerable<string> names = Golden.Names.Where(n => n.StartsWith("w.", StringComparison.Ordinal) && (n.StartsWith(head, StringComparison.Ordinal) || !n.Contains("rm_head", StringComparison.Ordinal)));
        SafetensorsWriter.Write(At(path), names.Select(name =>
        {
            string native = name[(name.StartsWith(head, StringComparison.Ordinal) ? head : "w.").Length..];
            return native == Embedding ? Repeated(Golden[name]) : WeightToWrite.Of(native, [.. Golden[name].Shape.Select(size => (long)size)], Golden[name].Floats());
        }));
    }

    private static WeightToWrite Repeated(FixtureTensor golden)
    {
        (int rows, int width) = (golden.Shape[0], golden.Shape[1]);
        ushort[] halves = [.. golden.Floats().Select(v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16))];      // the upper half of a float is a bfloat16
        return new WeightToWrite(Embedding, WeightType.BF16, [Vocabulary, width], stream =>
        {
            for (int row = 0; row < Vocabulary; row++) stream.Write(MemoryMarshal.AsBytes(halves.AsSpan(row % rows * width, width)));
        });
    }

    private void Write(string name, JsonNode content) => File.WriteAllText(At(name), content.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    private string At(string name)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
