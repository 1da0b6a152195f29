namespace GeoAlign.Rewards;

/// <summary>A message that breaks the scorer protocol. The message says which field, what it is and what was expected.</summary>
public sealed class ScorerProtocolException(string message, Exception? inner = null) : FormatException(message, inner);
