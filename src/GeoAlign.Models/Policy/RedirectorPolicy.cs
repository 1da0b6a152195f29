namespace GeoAlign.Models;

/// <summary>A ReDirector network as a policy whose self-attention layers are trained; everything else is frozen.</summary>
/// <remarks>
/// Geo-Align (arXiv 2605.23903) trains "only the self-attention layers": here every weight whose path has the component <c>self_attn</c>,
/// with or without its camera phase layers.
/// </remarks>
public sealed class RedirectorPolicy : FlowPolicy
{
    /// <summary>Makes a policy of a network and takes the network over: it is disposed with the policy.</summary>
    public RedirectorPolicy(RedirectorTransformer network, FlowPolicyOptions? options = null)
        : base(network, options ?? new FlowPolicyOptions()) => Network = network;

    /// <summary>The network; it belongs to the policy.</summary>
    public new RedirectorTransformer Network { get; }
}
