namespace GeoAlign.Rewards;

/// <summary>A reward could not score now and may be able to in a moment: a busy server, a broken connection. A panel may ask again.</summary>
public sealed class TransientRewardException(string message, Exception? inner = null) : Exception(message, inner);
