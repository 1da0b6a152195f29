namespace GeoAlign.Sampling;

/// <summary>The ffmpeg programs are not installed where they are looked for.</summary>
/// <param name="problem">Which program was looked for, and where.</param>
/// <param name="inner">Cause, if any.</param>
public sealed class FfmpegNotFoundException(string problem, Exception? inner = null) : IOException(
    $"{problem} Videos are read and written by ffmpeg: install it with 'apt install ffmpeg' or run ./setup.sh, or set {FfmpegExecutable.EnvironmentVariable} to the ffmpeg executable.", inner);
