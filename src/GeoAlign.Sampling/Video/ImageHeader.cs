using System.Buffers.Binary;

namespace GeoAlign.Sampling;

/// <summary>Reads the size of a PNG or JPEG picture from its header.</summary>
internal static class ImageHeader
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Size of the picture.</summary>
    /// <exception cref="VideoException">Neither PNG nor JPEG, or cut off before its size.</exception>
    public static FrameSize ReadSize(string path)
    {
        using FileStream file = Open(path);
        Span<byte> start = stackalloc byte[24];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        FrameSize? size = null;
        if (read == start.Length && start.StartsWith(PngSignature) && start.Slice(12, 4).SequenceEqual("IHDR"u8))
            size = new(BinaryPrimitives.ReadInt32BigEndian(start[16..]), BinaryPrimitives.ReadInt32BigEndian(start[20..]));
        else if (read >= 2 && start[0] == 0xFF && start[1] == 0xD8)
            size = JpegSize(file);

        return size is { IsPositive: true } found
            ? found
            : throw new VideoException(path, "is no PNG or JPEG picture, or is cut off; replace it or take it out of the folder.") { Kind = VideoProblem.Damaged };
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new VideoException(path, "may not be read by this user; change its permissions.", error) { Kind = VideoProblem.NoPermission };
        }
    }

    // Walks over the marker segments (ITU-T T.81, annex B) to the frame header, whose bytes 3…6 are height and width.
    private static FrameSize? JpegSize(FileStream file)
    {
        file.Position = 2;
        Span<byte> frameHeader = stackalloc byte[7];
        while (true)
        {
            int next = file.ReadByte();
            while (next == 0xFF) next = file.ReadByte();
            if (next < 0) return null;
            if (next is 0x01 or (>= 0xD0 and <= 0xD8)) continue;             // markers without a segment
            if (next is 0xD9 or 0xDA || file.ReadAtLeast(frameHeader[..2], 2, throwOnEndOfStream: false) < 2) return null;

            int length = BinaryPrimitives.ReadUInt16BigEndian(frameHeader);
            bool isFrameHeader = next is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (!isFrameHeader)
            {
                file.Seek(length - 2, SeekOrigin.Current);
                continue;
            }

            if (file.ReadAtLeast(frameHeader[2..], 5, throwOnEndOfStream: false) < 5) return null;
            return new(BinaryPrimitives.ReadUInt16BigEndian(frameHeader[5..]), BinaryPrimitives.ReadUInt16BigEndian(frameHeader[3..]));
        }
    }
}
