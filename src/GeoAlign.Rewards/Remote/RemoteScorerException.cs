namespace GeoAlign.Rewards;

/// <summary>A remote scorer that refused a request or answered against the protocol. Asking again will not help; see <see cref="TransientRewardException"/> for what may.</summary>
public sealed class RemoteScorerException(string message, Exception? inner = null) : Exception(message, inner);
