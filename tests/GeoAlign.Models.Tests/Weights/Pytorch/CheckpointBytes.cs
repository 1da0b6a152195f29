using System.Buffers.Binary;

namespace GeoAlign.Models.Tests;

/// <summary>Builds PyTorch checkpoints of both layouts byte by byte, right or wrong.</summary>
internal static class CheckpointBytes
{
    public static byte[] Zip(byte[] pickle, params (string Key, byte[] Data)[] storages) =>
        new ZipBytes().Add("root/data.pkl", pickle).AddAll(storages.Select(s => ("root/data/" + s.Key, s.Data)))
            .Add("root/version", "3\n"u8.ToArray()).Finish();

    public static byte[] Legacy(byte[] pickle, params (string Key, byte[] Data)[] storages)
    {
        PickleBytes order = new PickleBytes().Op(']').Op('(');
        foreach ((string key, _) in storages) order.Text(key);
        using MemoryStream bytes = new();
        bytes.Write(new PickleBytes().Raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).Stop());
        bytes.Write(new PickleBytes().Integer(1001).Stop());
        bytes.Write(new PickleBytes().Op('}').Text("little_endian").Raw(0x88).Op('s').Stop());
        bytes.Write(pickle);
        bytes.Write(order.Op('e').Stop());
        foreach ((_, byte[] data) in storages)
        {
            bytes.Write(BitConverter.GetBytes((long)data.Length / 4));
            bytes.Write(data);
        }

        return bytes.ToArray();
    }

    public static byte[] Row(int count, int first = 0)
    {
        byte[] data = new byte[4 * count];
        for (int i = 0; i < count; i++) BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * i), first + i);
        return data;
    }
}
