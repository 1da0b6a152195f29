using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Evaluate.Tests.Artefacts;

/// <summary>Writes OpenEXR pictures with one half channel "Z", not packed.</summary>
internal static class ExrFile
{
    public static byte[] Of(int width, int height, Func<int, int, double> depth)
    {
        using MemoryStream file = new();
        Int32(20000630, 2);
        Attribute("channels", "chlist", [.. "Z\0"u8, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
        Attribute("compression", "compression", [0]);
        byte[] window = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(window.AsSpan(8), width - 1);
        BinaryPrimitives.WriteInt32LittleEndian(window.AsSpan(12), height - 1);
        Attribute("dataWindow", "box2i", window);
        file.WriteByte(0);

        long blocks = file.Position + 8L * height;
        for (int y = 0; y < height; y++)
        {
            byte[] offset = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(offset, blocks + y * (8L + 2 * width));
            file.Write(offset);
        }

        for (int y = 0; y < height; y++)
        {
            Int32(y, 2 * width);
            byte[] row = new byte[2 * width];
            for (int x = 0; x < width; x++) BinaryPrimitives.WriteHalfLittleEndian(row.AsSpan(2 * x), (Half)depth(x, y));
            file.Write(row);
        }

        return file.ToArray();

        void Int32(params int[] values)
        {
            byte[] bytes = new byte[4];
            foreach (int value in values)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
                file.Write(bytes);
            }
        }

        void Attribute(string name, string type, byte[] value)
        {
            file.Write(Encoding.Latin1.GetBytes($"{name}\0{type}\0"));
            Int32(value.Length);
            file.Write(value);
        }
    }
}
