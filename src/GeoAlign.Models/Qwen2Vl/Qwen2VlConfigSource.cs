using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>Where the sizes of a Qwen2-VL network come from when nobody gives them: <c>config.json</c> beside the weights, or the weights.</summary>
internal static class Qwen2VlConfigSource
{
    private const string FileName = "config.json", ModelType = "qwen2_vl", Embedding = "model.embed_tokens.weight";

    // Head widths of both releases; shapes alone do not tell them.
    private const int HeadWidth = 128, VisionHeadWidth = 80;

    /// <summary>Sizes from <c>config.json</c> in one of the folders if it is of a Qwen2-VL network, else from the shapes.</summary>
    /// <remarks>The embedding's own rows count: fine-tuned networks have other vocabularies than the file says.</remarks>
    /// <param name="weights">Weights under native names.</param>
    /// <param name="folders">Where to look for the file, in this order.</param>
    /// <exception cref="WeightFormatException">The file or the shapes make no network.</exception>
    public static Qwen2VlConfig Find(IWeightSource weights, IEnumerable<string> folders)
    {
        Qwen2VlConfig? written = folders.Select(folder => Path.Combine(folder, FileName)).Where(File.Exists).Select(ReadIfQwen2Vl)
            .FirstOrDefault(config => config is not null);
        try
        {
            Qwen2VlConfig config = written ?? OfShapes(weights);
            return (config with { VocabularySize = checked((int)Shape(weights, Embedding, 2)[0]) }).Validated();
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new WeightFormatException(weights.Path, null, $"its sizes are impossible ({e.Message})", e);
        }
    }

    /// <summary>Sizes from a published configuration; null if it is one of another kind of network.</summary>
    /// <exception cref="WeightFormatException">A size is missing or of another kind, or asks for what is fixed here.</exception>
    public static Qwen2VlConfig? ReadIfQwen2Vl(string path)
    {
        using JsonSettings file = JsonSettings.Open(path);
        if (!file.Root.TryGetProperty("model_type", out JsonElement type) || type.ValueKind != JsonValueKind.String || type.GetString() != ModelType)
            return null;

        JsonElement text = file.Section(file.Root, "text_config") ?? file.Root;
        JsonElement? vision = file.Section(file.Root, "vision_config"), rotary = file.Section(text, "rope_scaling") ?? file.Section(text, "rope_parameters");
        if (file.Flag(text, "use_sliding_window")) throw file.Refused("'use_sliding_window' is true, which is not supported");
        foreach ((string name, int expected) in new[] { ("patch_size", 14), ("temporal_patch_size", 2), ("spatial_merge_size", Qwen2VlConfig.MergedSide) })
        {
            if (vision is { } v && file.Whole(v, name) is int found && found != expected)
                throw file.Refused($"'{name}' is {found}, expected {expected}");
        }

        Qwen2VlConfig release = Qwen2VlConfig.Release2B;
        int visionWidth = vision is { } a ? file.Whole(a, "embed_dim") ?? release.VisionWidth : release.VisionWidth;
        double ratio = vision is { } b ? file.Number(b, "mlp_ratio") ?? 4 : 4;
        return release with
        {
            VocabularySize = file.RequiredWhole(text, "vocab_size"),
            Width = file.RequiredWhole(text, "hidden_size"),
            Layers = file.RequiredWhole(text, "num_hidden_layers"),
            Heads = file.RequiredWhole(text, "num_attention_heads"),
            KeyHeads = file.RequiredWhole(text, "num_key_value_heads"),
            FeedForwardWidth = file.RequiredWhole(text, "intermediate_size"),
            RotaryBase = file.Number(text, "rope_theta") ?? (rotary is { } r ? file.Number(r, "rope_theta") : null) ?? release.RotaryBase,
            RotarySections = rotary is { } s ? Sections(file, s) ?? release.RotarySections : release.RotarySections,
            Epsilon = file.Number(text, "rms_norm_eps") ?? release.Epsilon,
            VisionWidth = visionWidth,
            VisionLayers = vision is { } c ? file.Whole(c, "depth") ?? release.VisionLayers : release.VisionLayers,
            VisionHeads = vision is { } d ? file.Whole(d, "num_heads") ?? release.VisionHeads : release.VisionHeads,
            VisionFeedForwardWidth = (int)Math.Clamp(visionWidth * ratio, 0, int.MaxValue),
            ImageTokenId = file.Whole(file.Root, "image_token_id") ?? release.ImageTokenId,
            VideoTokenId = file.Whole(file.Root, "video_token_id") ?? release.VideoTokenId,
            PadTokenId = file.Whole(text, "pad_token_id") ?? release.PadTokenId,
        };
    }

    /// <summary>Sizes from the shapes of the weights, with the head widths of both releases.</summary>
    /// <exception cref="WeightFormatException">A weight that tells a size is missing or of another rank.</exception>
    public static Qwen2VlConfig OfShapes(IWeightSource weights)
    {
        ImmutableArray<long> embedding = Shape(weights, Embedding, 2), query = Shape(weights, "model.layers.0.self_attn.q_proj.weight", 2),
            key = Shape(weights, "model.layers.0.self_attn.k_proj.weight", 2), gate = Shape(weights, "model.layers.0.mlp.gate_proj.weight", 2),
            patches = Shape(weights, "visual.patch_embed.proj.weight", 5), hidden = Shape(weights, "visual.blocks.0.mlp.fc1.weight", 2);
        if (query[0] % HeadWidth != 0 || key[0] % HeadWidth != 0 || patches[0] % VisionHeadWidth != 0)
        {
            throw new WeightFormatException(weights.Path, null,
                $"attention of widths {query[0]}, {key[0]} and {patches[0]} has no heads of {HeadWidth} and {VisionHeadWidth} as the releases do; give the sizes");
        }

        return checked(Qwen2VlConfig.Release2B with
        {
            VocabularySize = (int)embedding[0], Width = (int)embedding[1], Layers = Count(weights, "model.layers."),
            Heads = (int)query[0] / HeadWidth, KeyHeads = (int)key[0] / HeadWidth, FeedForwardWidth = (int)gate[0],
            VisionWidth = (int)patches[0], VisionLayers = Count(weights, "visual.blocks."), VisionHeads = (int)patches[0] / VisionHeadWidth,
            VisionFeedForwardWidth = (int)hidden[0],
        });
    }

    private static Qwen2VlRotarySections? Sections(JsonSettings file, JsonElement rotary)
    {
        if (!rotary.TryGetProperty("mrope_section", out JsonElement sections)) return null;
        if (sections.ValueKind != JsonValueKind.Array || sections.GetArrayLength() != Qwen2VlConfig.Axes
            || !sections.EnumerateArray().All(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out _)))
            throw file.Refused($"'mrope_section' is {sections.GetRawText()}, expected three whole numbers");
        return new(sections[0].GetInt32(), sections[1].GetInt32(), sections[2].GetInt32());
    }

    private static ImmutableArray<long> Shape(IWeightSource weights, string name, int rank)
    {
        if (!weights.Entries.TryGetValue(name, out WeightEntry? entry))
            throw new WeightFormatException(weights.Path, name, "it is missing; without it these are no weights of Qwen2-VL");
        return entry.Shape.Length == rank
            ? entry.Shape
            : throw new WeightFormatException(weights.Path, name, $"found {WeightEntry.Format(entry.Shape)}, expected {rank} axes");
    }

    // 0, 1, 2, …: the first index that is not there.
    private static int Count(IWeightSource weights, string prefix)
    {
        HashSet<string> indexes = [.. weights.Entries.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..].Split('.')[0])];
        int count = 0;
        while (indexes.Contains(count.ToString(CultureInfo.InvariantCulture))) count++;
        return count;
    }
}
