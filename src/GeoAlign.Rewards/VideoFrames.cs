namespace GeoAlign.Rewards;

/// <summary>A decoded video: RGB frames of 8 bits a channel, row-major T×H×W×3, top row first. Immutable; the pixels are not copied.</summary>
public sealed class VideoFrames
{
    /// <summary>Wraps decoded pixels. The caller must not change them afterwards.</summary>
    /// <param name="rgb24">T·H·W·3 bytes, order red, green, blue.</param>
    /// <param name="widthPixels">Width of a frame, at least 1.</param>
    /// <param name="heightPixels">Height of a frame, at least 1.</param>
    /// <param name="frameCount">Number of frames, at least 1.</param>
    /// <param name="framesPerSecond">Frame rate, finite and above 0. There is no default: learned rewards depend on it.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes is not T·H·W·3.</exception>
    public VideoFrames(ReadOnlyMemory<byte> rgb24, int widthPixels, int heightPixels, int frameCount, double framesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameCount);
        if (!(framesPerSecond > 0 && double.IsFinite(framesPerSecond)))
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "The frame rate must be a finite number above 0.");
        long expected = 3L * widthPixels * heightPixels * frameCount;
        if (rgb24.Length != expected)
            throw new ArgumentException($"{rgb24.Length} bytes, expected {expected} for {frameCount} frames of {widthPixels}×{heightPixels} RGB pixels.", nameof(rgb24));

        (Rgb24, WidthPixels, HeightPixels, FrameCount, FramesPerSecond) = (rgb24, widthPixels, heightPixels, frameCount, framesPerSecond);
    }

    /// <summary>All pixels: T×H×W×3 bytes.</summary>
    public ReadOnlyMemory<byte> Rgb24 { get; }

    /// <summary>Width of a frame.</summary>
    public int WidthPixels { get; }

    /// <summary>Height of a frame.</summary>
    public int HeightPixels { get; }

    /// <summary>Number of frames.</summary>
    public int FrameCount { get; }

    /// <summary>Frame rate.</summary>
    public double FramesPerSecond { get; }

    /// <summary>Bytes of one frame.</summary>
    public int FrameBytes => 3 * WidthPixels * HeightPixels;

    /// <summary>The pixels of one frame: H×W×3 bytes.</summary>
    public ReadOnlySpan<byte> Frame(int index)
    {
        if ((uint)index >= (uint)FrameCount)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The video has frames 0 to {FrameCount - 1}.");
        return Rgb24.Span.Slice(checked(index * FrameBytes), FrameBytes);
    }

    /// <summary>A video of some of the frames, in increasing order; the pixels are copied unless all frames are taken.</summary>
    /// <param name="frameIndices">Strictly increasing frame numbers, at least one.</param>
    /// <remarks>The frame rate is kept as it was, since a selection may be irregular.</remarks>
    /// <exception cref="ArgumentException">No index, not increasing, or outside of the video.</exception>
    public VideoFrames Select(ReadOnlySpan<int> frameIndices)
    {
        FrameSelection.Validate(frameIndices, FrameCount);
        if (frameIndices.Length == FrameCount) return this;
        byte[] pixels = new byte[checked(frameIndices.Length * FrameBytes)];
        for (int i = 0; i < frameIndices.Length; i++) Frame(frameIndices[i]).CopyTo(pixels.AsSpan(i * FrameBytes));
        return new VideoFrames(pixels, WidthPixels, HeightPixels, frameIndices.Length, FramesPerSecond);
    }
}
