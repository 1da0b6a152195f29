namespace GeoAlign.Terminal;

/// <summary>Work that was stopped by Ctrl-C; the message says what is kept and how to go on.</summary>
public sealed class WorkStoppedException(string message, OperationCanceledException cause) : OperationCanceledException(message, cause);
