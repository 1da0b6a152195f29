namespace GeoAlign.Models;

/// <summary>Which weights of a network are trained.</summary>
public sealed class WeightSelection
{
    private readonly Func<string, bool> _includes;

    private static readonly WeightSelection WithPhases = new("self-attention layers whole", WanKeys.IsSelfAttention);

    private static readonly WeightSelection WithoutPhases = new(
        "self-attention layers without camera phases", key => WanKeys.IsSelfAttention(key) && !WanKeys.IsPhaseLayer(key));

    private WeightSelection(string name, Func<string, bool> includes) => (Name, _includes) = (name, includes);

    /// <summary>Every weight.</summary>
    public static WeightSelection All { get; } = new("all weights", _ => true);

    /// <summary>What the selection is called in logs.</summary>
    public string Name { get; }

    /// <summary>
    /// Every weight whose path has the component <c>self_attn</c>: Geo-Align's "self-attention layers". At 1.3B 329,840,640 numbers with
    /// ReDirector's camera phase layers, 283,392,000 without them.
    /// </summary>
    public static WeightSelection SelfAttention(bool withPhaseLayers = true) => withPhaseLayers ? WithPhases : WithoutPhases;

    /// <summary>
    /// What ReCamMaster trains: self-attention, camera encoders and projectors. 354,816,000 numbers at 1.3B.
    /// </summary>
    public static WeightSelection ReCamMaster { get; } =
        new("self-attention, camera encoders and projectors", key => WanKeys.IsSelfAttention(key) || WanKeys.IsPoseLayer(key));

    /// <summary>The weights whose key fulfils a condition.</summary>
    /// <param name="name">What to call the selection in logs.</param>
    /// <param name="includes">Says of a key such as <c>blocks.0.ffn.2.weight</c> whether it is trained.</param>
    public static WeightSelection Where(string name, Func<string, bool> includes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(includes);
        return new WeightSelection(name, includes);
    }

    /// <summary>Whether a weight is trained.</summary>
    public bool Includes(string key) => _includes(key);

    /// <summary>Whether a selection is one of the self-attention layers.</summary>
    internal static bool IsSelfAttention(WeightSelection selection) => selection == WithPhases || selection == WithoutPhases;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
