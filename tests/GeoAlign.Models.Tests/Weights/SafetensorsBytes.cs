using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Models.Tests;

/// <summary>Builds safetensors files byte by byte, right or wrong.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file, 8);
        for (int i = 0; i < dataLength; i++) file[8 + json.Length + i] = (byte)(i * 37);
        return file;
    }
}
