using System.Collections.Immutable;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A run whose memory is to be planned.</summary>
public sealed record MemoryPlanRequest
{
    /// <summary>Sizes of the diffusion transformer: <see cref="RedirectorConfig"/>, <see cref="ReCamMasterConfig"/> or <see cref="WanConfig"/>.</summary>
    public required WanConfig Network { get; init; }

    /// <summary>Size of the latents.</summary>
    public required LatentShape Shape { get; init; }

    /// <summary>Type of the transformer's frozen weights and products.</summary>
    public ScalarType NetworkType { get; init; } = ScalarType.BFloat16;

    /// <summary>Rollouts that one pass of the transformer takes together.</summary>
    public int MembersAtOnce { get; init; } = 1;

    /// <summary>Rollouts of a group.</summary>
    public int GroupSize { get; init; } = 1;

    /// <summary>Conditions of an iteration, which are all prepared at once.</summary>
    public int Conditions { get; init; } = 1;

    /// <summary>Whether a negative prompt takes part (guidance); it adds to the condition.</summary>
    public bool Guided { get; init; }

    /// <summary>What is trained; null for generation only.</summary>
    public TrainingMemory? Training { get; init; }

    /// <summary>How attention is computed.</summary>
    public AttentionMemory Attention { get; init; } = AttentionMemory.Fused;

    /// <summary>Sizes of the text encoder; null for none.</summary>
    public Umt5Config? TextEncoder { get; init; } = Umt5Config.Release;

    /// <summary>
    /// Prompts of full length that pass the text encoder together: at most the batch size of <see cref="GeoAlign.Models.TextEncoder"/>. 2, a prompt and a
    /// negative one, is what <see cref="GenerationPipeline"/> reads for a video.
    /// </summary>
    public int PromptsAtOnce { get; init; } = 2;

    /// <summary>Whether prompts are read before anything else is on the device, and the text encoder is freed then.</summary>
    public bool TextFirst { get; init; }

    /// <summary>Type of the text encoder.</summary>
    public ScalarType TextType { get; init; } = ScalarType.BFloat16;

    /// <summary>Whether the Wan autoencoder is used.</summary>
    public bool Autoencoder { get; init; } = true;

    /// <summary>Type of the autoencoder.</summary>
    public ScalarType AutoencoderType { get; init; } = ScalarType.BFloat16;

    /// <summary>How the autoencoder cuts frames into tiles; null for whole frames.</summary>
    public VaeTiling? Tiling { get; init; }

    /// <summary>Reward networks: name and bytes of each, weights and work space.</summary>
    public ImmutableArray<(string Name, long Bytes)> Rewards { get; init; } = [];

    /// <summary>Whether networks leave the device while no stage needs them. A transformer in training stays.</summary>
    public bool Offload { get; init; }

    /// <summary>
    /// Share of every stage that is added for what an allocator keeps and cannot use, and for the driver. 0.1 is an assumption of ours, not a measurement.
    /// </summary>
    public double Allowance { get; init; } = 0.1;

    /// <summary>Throws one exception that lists every impossible setting.</summary>
    /// <exception cref="ArgumentException">A setting is impossible.</exception>
    public MemoryPlanRequest Validated()
    {
        List<string> errors = [];
        Network.Validated();
        if (MembersAtOnce < 1) errors.Add($"{nameof(MembersAtOnce)} is {MembersAtOnce}, must be ≥ 1");
        if (GroupSize < MembersAtOnce) errors.Add($"{nameof(GroupSize)} is {GroupSize}, must be at least {nameof(MembersAtOnce)} {MembersAtOnce}");
        if (PromptsAtOnce < 1) errors.Add($"{nameof(PromptsAtOnce)} is {PromptsAtOnce}, must be ≥ 1");
        if (Conditions < 1) errors.Add($"{nameof(Conditions)} is {Conditions}, must be ≥ 1");
        if (!(Allowance is >= 0 and < 1)) errors.Add(FormattableString.Invariant($"{nameof(Allowance)} is {Allowance}, must be in [0, 1)"));
        foreach ((string name, ScalarType type) in new[] { (nameof(NetworkType), NetworkType), (nameof(TextType), TextType), (nameof(AutoencoderType), AutoencoderType) })
            if (type is not (ScalarType.Float32 or ScalarType.BFloat16)) errors.Add($"{name} is {type}, the planner knows Float32 and BFloat16");
        foreach ((string name, long bytes) in Rewards)
            if (bytes < 0) errors.Add($"reward network {name} takes {bytes} bytes");
        Tiling?.Validated();
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(MemoryPlanRequest)}: {string.Join("; ", errors)}.");
    }
}
