namespace GeoAlign.Sampling;

/// <summary>A short video in memory: T × H × W × 3 bytes, red, green, blue, rows from the top. Immutable.</summary>
public sealed class VideoClip
{
    /// <summary>Copies frames.</summary>
    /// <param name="rgb24">T·H·W·3 bytes.</param>
    /// <param name="size">Size of every frame.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <exception cref="ArgumentException">The bytes are no whole number of frames, there is no frame, or the rate is not known.</exception>
    public VideoClip(ReadOnlySpan<byte> rgb24, FrameSize size, FrameRate frameRate)
        : this(Checked(rgb24.Length, size, frameRate), rgb24.ToArray(), size, frameRate)
    {
    }

    private VideoClip(int frameCount, ReadOnlyMemory<byte> rgb24, FrameSize size, FrameRate frameRate) =>
        (FrameCount, Rgb24, Size, FrameRate) = (frameCount, rgb24, size, frameRate);

    /// <summary>All pixels, T × H × W × 3.</summary>
    public ReadOnlyMemory<byte> Rgb24 { get; }

    /// <summary>Size of every frame.</summary>
    public FrameSize Size { get; }

    /// <summary>Pixels per row.</summary>
    public int Width => Size.Width;

    /// <summary>Rows.</summary>
    public int Height => Size.Height;

    /// <summary>Number of frames, at least 1.</summary>
    public int FrameCount { get; }

    /// <summary>Frames per second.</summary>
    public FrameRate FrameRate { get; }

    /// <summary>Pixels of one frame, H × W × 3.</summary>
    public ReadOnlyMemory<byte> Frame(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrameCount);
        return Rgb24.Slice(index * Size.Rgb24Bytes, Size.Rgb24Bytes);
    }

    /// <summary>As the constructor, without a copy: the caller gives the memory away.</summary>
    internal static VideoClip Adopt(ReadOnlyMemory<byte> rgb24, FrameSize size, FrameRate frameRate) =>
        new(Checked(rgb24.Length, size, frameRate), rgb24, size, frameRate);

    // Number of frames in that many bytes.
    private static int Checked(int rgb24, FrameSize size, FrameRate frameRate)
    {
        if (!size.IsPositive) throw new ArgumentException($"A clip has frames of {size} pixels, expected a positive size.", nameof(size));
        if (!frameRate.IsKnown) throw new ArgumentException("A clip needs a frame rate.", nameof(frameRate));
        if (rgb24 == 0 || rgb24 % size.Rgb24Bytes != 0)
            throw new ArgumentException($"{rgb24} bytes are no whole number of {size} rgb24 frames ({size.Rgb24Bytes} bytes each).", nameof(rgb24));
        return rgb24 / size.Rgb24Bytes;
    }
}
