using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Reads the sizes of a MapAnything network from the names and shapes of its weights.</summary>
internal sealed class MapAnythingSizes(IWeightSource weights)
{
    private const string EncoderBlocks = "encoder.model.blocks.", SharingBlocks = "info_sharing.self_attention_blocks.";
    private const string PoseBlocks = "pose_head.res_conv.", ScaleLayers = "scale_head.mlp.";
    private const string DenseMaps = "dense_head.0.input_process.";
    private const int ReleasedHeadWidth = 64;

    /// <summary>The sizes; what the settings say must agree with them.</summary>
    public MapAnythingConfig Read(ReleaseSettings? settings)
    {
        MapAnythingTransformerConfig sharing = Transformer(SharingBlocks, Size("info_sharing.norm.weight", 0, 1), settings?.SharingHeads);
        bool projects = Has("info_sharing.proj_embed.weight");
        (int first, int second) = settings?.Taps ?? (sharing.Layers / 2 - 1, sharing.Layers * 3 / 4 - 1);
        MapAnythingConfig config = new()
        {
            Encoder = Transformer(EncoderBlocks, Size("encoder.model.cls_token", 2, 3), null),
            EncoderNorm = Has("encoder.model.norm.weight"),
            PatchPixels = Size("encoder.model.patch_embed.proj.weight", 2, 4),
            PositionGrid = (int)Math.Round(Math.Sqrt(Size("encoder.model.pos_embed", 1, 3) - 1)),
            Sharing = sharing,
            ProjectsTokens = projects,
            SharesImageToken = settings?.SharesImageToken ?? !projects,
            FirstTap = first,
            SecondTap = second,
            PoseWidth = Size("pose_head.proj.weight", 0, 4),
            PoseBlocks = Count(PoseBlocks),
            ScaleWidth = Size("scale_head.proj.weight", 0, 2),
            ScaleLayers = Count(ScaleLayers),
            Dense = Has(DenseMaps + "0.0.0.weight") ? Dense() : null,
        };
        if (settings is not null) Compare(config, settings);
        return config;
    }

    private MapAnythingTransformerConfig Transformer(string blocks, int width, int? heads)
    {
        bool gated = Has(blocks + "0.mlp.w12.weight");
        return new()
        {
            Width = width,
            Heads = heads ?? (width % ReleasedHeadWidth == 0 ? width / ReleasedHeadWidth : 0),
            Layers = Count(blocks),
            FeedForward = gated ? MapAnythingFeedForward.GatedSilu : MapAnythingFeedForward.Gelu,
            FeedForwardWidth = gated ? Size(blocks + "0.mlp.w3.weight", 1, 2) : Size(blocks + "0.mlp.fc1.weight", 0, 2),
            LayerScale = Has(blocks + "0.ls1.gamma"),
        };
    }

    private MapAnythingDenseConfig Dense() => new()
    {
        FirstMapWidth = MapWidth(0),
        SecondMapWidth = MapWidth(1),
        ThirdMapWidth = MapWidth(2),
        FourthMapWidth = MapWidth(3),
        FeatureWidth = Size(DenseMaps + "0.1.weight", 0, 4),
        OutputWidth = Size("dense_head.1.conv1.weight", 0, 4),
    };

    private int MapWidth(int map) => Size(string.Create(CultureInfo.InvariantCulture, $"{DenseMaps}{map}.0.0.weight"), 0, 4);

    private void Compare(MapAnythingConfig config, ReleaseSettings settings)
    {
        Agree("encoder_config.keep_first_n_layers", settings.EncoderLayers, config.Encoder.Layers);
        Agree("encoder_config.patch_size", settings.PatchPixels, config.PatchPixels);
        Agree("info_sharing_config.module_args.depth", settings.SharingLayers, config.Sharing.Layers);
        Agree("info_sharing_config.module_args.dim", settings.SharingWidth, config.Sharing.Width);
        if (settings.SharingFeedForward is { } kind && kind != config.Sharing.FeedForward)
            throw Contradiction("info_sharing_mlp_layer_str", kind.ToString(), config.Sharing.FeedForward.ToString());

        void Agree(string name, int? said, int found)
        {
            if (said is { } number && number != found)
                throw Contradiction(name, number.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture));
        }

        WeightFormatException Contradiction(string name, string said, string found) =>
            new(settings.Path, null, $"{name} is {said}, but the weights in {weights.Path} have {found}");
    }

    // Numbers of the children of a name: 0, 1, 2, … without gaps.
    private int Count(string prefix)
    {
        int count = 0;
        HashSet<int> present = [];
        foreach (string name in weights.Entries.Keys)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            ReadOnlySpan<char> rest = name.AsSpan(prefix.Length);
            int dot = rest.IndexOf('.');
            if (dot > 0 && int.TryParse(rest[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out int index)) present.Add(index);
        }

        while (present.Contains(count)) count++;
        return count;
    }

    private bool Has(string name) => weights.Entries.ContainsKey(name);

    private int Size(string name, int axis, int axes)
    {
        if (!weights.Entries.TryGetValue(name, out WeightEntry? entry))
            throw new WeightFormatException(weights.Path, name, "it is not there, and every MapAnything network has it");
        return entry.Shape.Length == axes
            ? checked((int)entry.Shape[axis])
            : throw new WeightFormatException(weights.Path, name, $"found the shape {WeightEntry.Format(entry.Shape)}, expected {axes} axes");
    }
}
