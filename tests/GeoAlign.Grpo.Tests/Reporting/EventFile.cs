using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Grpo.Tests;

/// <summary>A plain reader of event files, written from the public formats alone: a bitwise checksum, and protobuf fields taken apart by hand.</summary>
internal static class EventFile
{
    public sealed record Event(double WallSeconds, long Step, string? Version, bool Starts, IReadOnlyList<(string Tag, float Value)> Scalars);

    /// <summary>The events of a file; half a record at its end is passed over, anything else that is wrong throws.</summary>
    public static List<Event> Read(string path)
    {
        List<Event> events = [];
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (rest.Length >= 12)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(rest));
            Check(rest[..8], rest[8..12]);
            if (rest.Length < length + 16) break;
            Check(rest.Slice(12, length), rest.Slice(12 + length, 4));
            events.Add(Parse(rest.Slice(12, length)));
            rest = rest[(length + 16)..];
        }

        return events;
    }

    /// <summary>What TensorBoard shows of a folder: files in the order of their names; a session start takes back its step and later ones.</summary>
    public static List<Event> Shown(string folder)
    {
        List<Event> shown = [];
        foreach (Event item in Directory.GetFiles(folder, "events.out.tfevents.*").Order(StringComparer.Ordinal).SelectMany(Read))
        {
            if (item.Starts) shown.RemoveAll(e => e.Step >= item.Step);
            if (item.Scalars.Count > 0) shown.Add(item);
        }

        return shown;
    }

    private static void Check(ReadOnlySpan<byte> data, ReadOnlySpan<byte> stored)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
        }

        crc = ~crc;
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8), BinaryPrimitives.ReadUInt32LittleEndian(stored));
    }

    private static Event Parse(ReadOnlySpan<byte> message)
    {
        (double wall, long step, string? version, bool starts, List<(string, float)> scalars) = (0, 0, null, false, []);
        foreach ((int field, ulong number, byte[] bytes) in Fields(message))
        {
            if (field == 1) wall = BitConverter.UInt64BitsToDouble(number);
            if (field == 2) step = (long)number;
            if (field == 3) version = Encoding.UTF8.GetString(bytes);
            if (field == 5) scalars.AddRange(Fields(bytes).Select(value => Scalar(value.Bytes)));
            if (field == 7) starts = Fields(bytes) is [(1, 1, _)];
        }

        return new Event(wall, step, version, starts, scalars);
    }

    private static (string, float) Scalar(byte[] value)
    {
        List<(int Field, ulong Number, byte[] Bytes)> fields = Fields(value);
        Assert.Equal([1, 2], fields.Select(f => f.Field));
        return (Encoding.UTF8.GetString(fields[0].Bytes), BitConverter.UInt32BitsToSingle((uint)fields[1].Number));
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> message)
    {
        List<(int, ulong, byte[])> fields = [];
        while (message.Length > 0)
        {
            ulong key = Varint(ref message), number = 0;
            byte[] bytes = [];
            switch (key & 7)
            {
                case 0:
                    number = Varint(ref message);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(message);
                    message = message[8..];
                    break;
                case 2:
                    int length = (int)Varint(ref message);
                    bytes = message[..length].ToArray();
                    message = message[length..];
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(message);
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }

            fields.Add(((int)(key >> 3), number, bytes));
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
    }
}
