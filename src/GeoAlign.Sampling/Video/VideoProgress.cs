namespace GeoAlign.Sampling;

/// <summary>How far the writing of a clip is.</summary>
/// <param name="Path">Final name of what is written.</param>
/// <param name="WrittenFrames">Frames handed to the encoder so far.</param>
/// <param name="FrameCount">Frames of the clip.</param>
public readonly record struct VideoProgress(string Path, int WrittenFrames, int FrameCount);
