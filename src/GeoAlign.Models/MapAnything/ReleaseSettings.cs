using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>
/// What a MapAnything release's <c>config.json</c>, its constructor's arguments, says. Null where it says nothing.
/// </summary>
internal sealed record ReleaseSettings(string Path)
{
    private const long LongestBytes = 10_000_000;

    /// <summary>Blocks of the encoder that are kept.</summary>
    public int? EncoderLayers { get; private init; }

    /// <summary>Side of a patch.</summary>
    public int? PatchPixels { get; private init; }

    /// <summary>Blocks of the information sharing.</summary>
    public int? SharingLayers { get; private init; }

    /// <summary>Width of the information sharing.</summary>
    public int? SharingWidth { get; private init; }

    /// <summary>Heads of the information sharing.</summary>
    public int? SharingHeads { get; private init; }

    /// <summary>Kind of the information sharing's feed-forward layers.</summary>
    public MapAnythingFeedForward? SharingFeedForward { get; private init; }

    /// <summary>Whether each view's image token takes part in the information sharing; it does not where nothing is said.</summary>
    public bool SharesImageToken { get; private init; }

    /// <summary>Blocks of the information sharing that the dense head taps.</summary>
    public (int First, int Second)? Taps { get; private init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightFormatException">It is no JSON of MapAnything.</exception>
    public static ReleaseSettings Read(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > LongestBytes) throw new WeightFormatException(path, null, $"{length} bytes, expected at most {LongestBytes}");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (!(Member(root, "info_sharing_config") is { } sharing && Member(sharing, "module_args") is { } arguments))
                throw new WeightFormatException(path, null, "expected the constructor's arguments of MapAnything, with info_sharing_config.module_args");
            JsonElement? encoder = Member(root, "encoder_config");
            return new ReleaseSettings(path)
            {
                EncoderLayers = Number(encoder, "keep_first_n_layers"),
                PatchPixels = Number(encoder, "patch_size"),
                SharingLayers = Number(arguments, "depth"),
                SharingWidth = Number(arguments, "dim"),
                SharingHeads = Number(arguments, "num_heads"),
                SharingFeedForward = FeedForward(Member(root, "info_sharing_mlp_layer_str")?.GetString(), path),
                SharesImageToken = Member(root, "use_register_tokens_from_encoder")?.GetBoolean() ?? false,
                Taps = Pair(Member(arguments, "indices"), path),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException and not WeightFormatException)
        {
            throw new WeightFormatException(path, null, $"expected the JSON of a MapAnything release ({e.Message})", e);
        }
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static int? Number(JsonElement? parent, string name) => Member(parent, name)?.GetInt32();

    private static MapAnythingFeedForward? FeedForward(string? name, string path) => name switch
    {
        null => null,
        "mlp" => MapAnythingFeedForward.Gelu,
        "swiglu" or "swiglufused" => MapAnythingFeedForward.GatedSilu,
        _ => throw new WeightFormatException(path, null, $"info_sharing_mlp_layer_str is '{name}', expected mlp, swiglu or swiglufused"),
    };

    private static (int, int)? Pair(JsonElement? indices, string path)
    {
        if (indices is not { } list) return null;
        int[] numbers = [.. list.EnumerateArray().Select(e => e.GetInt32())];
        return numbers is [int first, int second]
            ? (first, second)
            : throw new WeightFormatException(path, null, $"info_sharing_config.module_args.indices has {numbers.Length} numbers, expected 2");
    }
}
