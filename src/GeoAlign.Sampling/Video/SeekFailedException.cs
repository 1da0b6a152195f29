namespace GeoAlign.Sampling;

/// <summary>Decoding that began in the middle of a file did not give exactly the frames expected; decoding from its beginning tells why.</summary>
internal sealed class SeekFailedException(string path) : IOException($"{path}: decoding from its middle failed.");
