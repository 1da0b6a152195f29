namespace GeoAlign.Terminal;

/// <summary>A command line that asks for what cannot be; the message says what to write instead.</summary>
public sealed class UsageException(string message) : Exception(message);
