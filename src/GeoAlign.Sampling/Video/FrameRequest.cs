namespace GeoAlign.Sampling;

/// <summary>What a decoder is asked for.</summary>
/// <param name="Size">
/// Size of the frames handed out: the picture is scaled until it covers this size, then cropped around its centre. Equal to the video's own
/// size, nothing is scaled or cropped.
/// </param>
/// <param name="Start">First frame, from 0.</param>
/// <param name="Stride">1 takes every frame, 2 every second, …</param>
/// <param name="Count">At most this many frames; null takes all.</param>
public readonly record struct FrameRequest(FrameSize Size, int Start = 0, int Stride = 1, int? Count = null)
{
    /// <summary>
    /// Whether decoding may begin at a key frame before the start instead of the beginning of the file. The decoder then ends with
    /// <see cref="SeekFailedException"/> when anything is not as expected; frames handed out before that do not count.
    /// </summary>
    internal bool MaySeek { get; init; }
}
