namespace GeoAlign.Evaluate;

/// <summary>What is needed of the header of a single-part scan-line OpenEXR file ("OpenEXR File Layout", Academy Software Foundation).</summary>
/// <param name="Channels">In the order of the file.</param>
/// <param name="Compression">How rows are packed.</param>
/// <param name="FirstRow">Number of the first row.</param>
/// <param name="WidthPixels">Pixels per row.</param>
/// <param name="HeightPixels">Rows.</param>
internal sealed record ExrHeader(IReadOnlyList<ExrChannel> Channels, ExrCompression Compression, int FirstRow, int WidthPixels, int HeightPixels)
{
    private const int Magic = 20000630, Version = 2, LongNames = 0x400, LargestSide = 1 << 15, MostPixels = 1 << 26;

    /// <summary>Bytes of a row of all channels.</summary>
    public long RowBytes => (long)WidthPixels * Channels.Sum(c => c.Bytes);

    /// <summary>Reads it; the reader stands at the table of blocks afterwards.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such header.</exception>
    public static ExrHeader Read(ref ByteReader reader)
    {
        if (reader.ReadInt32("the magic number") != Magic) throw reader.Broken("no OpenEXR file");
        int version = reader.ReadInt32("the version");
        if ((version & ~LongNames) != Version) throw reader.Broken($"version and flags 0x{version:x}, expected a single-part scan-line file of version {Version}");

        IReadOnlyList<ExrChannel>? channels = null;
        ExrCompression? compression = null;
        (int FirstRow, int Width, int Height)? window = null;
        while (reader.ReadName("the name of an attribute") is { Length: > 0 } attribute)
        {
            string type = reader.ReadName($"the type of '{attribute}'");
            int length = reader.ReadInt32($"the length of '{attribute}'");
            int start = reader.Position;
            switch (attribute, type)
            {
                case ("channels", "chlist"): channels = ReadChannels(ref reader); break;
                case ("compression", "compression"): compression = (ExrCompression)reader.ReadByte("the compression"); break;
                case ("dataWindow", "box2i"): window = ReadWindow(ref reader); break;
                default: reader.Take(length, $"'{attribute}'"); break;
            }

            if (reader.Position - start != length) throw reader.Broken($"'{attribute}' has {reader.Position - start} bytes, expected {length}");
        }

        if (channels is null || compression is null || window is not { } w) throw reader.Broken("the header ends without channels, compression or dataWindow");
        return new(channels, compression.Value, w.FirstRow, w.Width, w.Height);
    }

    private static List<ExrChannel> ReadChannels(ref ByteReader reader)
    {
        List<ExrChannel> channels = [];
        while (reader.ReadName("the name of a channel") is { Length: > 0 } name)
        {
            int type = reader.ReadInt32($"the type of channel '{name}'");
            reader.Take(4, $"the flags of channel '{name}'");
            (int across, int down) = (reader.ReadInt32("sampling"), reader.ReadInt32("sampling"));
            if (type is < 0 or > ExrChannel.Float || across != 1 || down != 1)
                throw reader.Broken($"channel '{name}' of type {type} with samples every {across} × {down} pixels, expected half or float at every pixel");
            channels.Add(new(name, type));
        }

        return channels;
    }

    private static (int FirstRow, int Width, int Height) ReadWindow(ref ByteReader reader)
    {
        long left = reader.ReadInt32("dataWindow"), top = reader.ReadInt32("dataWindow"), right = reader.ReadInt32("dataWindow"), bottom = reader.ReadInt32("dataWindow");
        (long width, long height) = (right - left + 1, bottom - top + 1);
        return width is >= 1 and <= LargestSide && height is >= 1 and <= LargestSide && width * height <= MostPixels
            ? ((int)top, (int)width, (int)height)
            : throw reader.Broken($"{width} × {height} pixels, expected from 1 × 1 to {MostPixels} in all");
    }
}
