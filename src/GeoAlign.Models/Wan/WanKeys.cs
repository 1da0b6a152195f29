namespace GeoAlign.Models;

/// <summary>Names and shapes of the weights of a network of the Wan family, from its sizes alone, in the order of the released files.</summary>
internal static class WanKeys
{
    private const string SelfAttention = "self_attn";
    private static readonly string[] PoseLayers = ["cam_encoder", "projector"];
    private static readonly string[] PhaseLayers = ["rope_phase_qk", "rope_phase_vo"];

    /// <summary>All weights of a network of these sizes.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> Of(WanConfig config)
    {
        Keys keys = new();
        long d = config.Width;
        keys.Add("patch_embedding.weight", d, config.InputChannels, 1, 2, 2).Add("patch_embedding.bias", d);
        if (config.HasText) keys.Linear("text_embedding.0", config.TextWidth, d).Linear("text_embedding.2", d, d);
        keys.Linear("time_embedding.0", config.TimeWidth, d).Linear("time_embedding.2", d, d);
        keys.Linear("time_projection.1", d, 6 * d);
        for (int layer = 0; layer < config.Layers; layer++) AddBlock(keys, config, $"blocks.{layer}");
        keys.Add("head.modulation", 1, 2, d).Linear("head.head", d, config.Latents.NumbersPerToken);
        if (config.ImageWidth is int image)
        {
            keys.Add("img_emb.proj.0.weight", image).Add("img_emb.proj.0.bias", image);
            keys.Linear("img_emb.proj.1", image, image).Linear("img_emb.proj.3", image, d);
            keys.Add("img_emb.proj.4.weight", d).Add("img_emb.proj.4.bias", d);
        }

        if (!config.HasControlAdapter) return keys.List;
        keys.Add("control_adapter.conv.weight", d, config.Latents.FoldedCameraChannels, 2, 2).Add("control_adapter.conv.bias", d);
        foreach (string conv in new[] { "conv1", "conv2" })
        {
            string path = $"control_adapter.residual_blocks.0.{conv}";
            keys.Add($"{path}.weight", d, d, 3, 3).Add($"{path}.bias", d);
        }

        return keys.List;
    }

    /// <summary>Whether a key belongs to a self-attention layer: its path has the component <c>self_attn</c>.</summary>
    public static bool IsSelfAttention(string name) => name.Split('.').Contains(SelfAttention);

    /// <summary>Whether a key belongs to a camera phase layer, which ReDirector adds to its base.</summary>
    public static bool IsPhaseLayer(string name) => name.Split('.').Any(PhaseLayers.Contains);

    /// <summary>Whether a key belongs to the layers that ReCamMaster adds to each block of its base.</summary>
    public static bool IsPoseLayer(string name) => name.Split('.').Any(PoseLayers.Contains);

    /// <summary>Whether a key belongs to a layer that a variant adds to the network it starts from.</summary>
    public static bool IsAddition(string name) => IsPhaseLayer(name) || IsPoseLayer(name);

    private static void AddBlock(Keys keys, WanConfig config, string block)
    {
        long d = config.Width;
        keys.Add($"{block}.modulation", 1, 6, d);
        AddAttention(keys, $"{block}.{SelfAttention}", d);
        foreach (string phase in config.HasCameraPhases ? PhaseLayers : []) keys.Add($"{block}.{SelfAttention}.{phase}.1.weight", config.Heads * config.PhasePairs, d);
        if (config.HasText) AddAttention(keys, $"{block}.cross_attn", d);
        if (config.ImageWidth is not null)
        {
            keys.Linear($"{block}.cross_attn.k_img", d, d).Linear($"{block}.cross_attn.v_img", d, d);
            keys.Add($"{block}.cross_attn.norm_k_img.weight", d);
        }

        if (config.HasText) keys.Add($"{block}.norm3.weight", d).Add($"{block}.norm3.bias", d);
        keys.Linear($"{block}.ffn.0", d, config.FeedForwardWidth).Linear($"{block}.ffn.2", config.FeedForwardWidth, d);
        if (config.HasPoseEncoder) keys.Linear($"{block}.cam_encoder", ReCamMasterConfig.PoseNumbers, d).Linear($"{block}.projector", d, d);
    }

    private static void AddAttention(Keys keys, string path, long d)
    {
        foreach (string projection in new[] { "q", "k", "v", "o" }) keys.Linear($"{path}.{projection}", d, d);
        keys.Add($"{path}.norm_q.weight", d).Add($"{path}.norm_k.weight", d);
    }

    private sealed class Keys
    {
        public List<(string, IReadOnlyList<long>)> List { get; } = [];

        public Keys Add(string name, params long[] shape)
        {
            List.Add((name, shape));
            return this;
        }

        public Keys Linear(string path, long inputs, long outputs) => Add($"{path}.weight", outputs, inputs).Add($"{path}.bias", outputs);
    }
}
