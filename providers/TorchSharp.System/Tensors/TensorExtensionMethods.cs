using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>Reads of one element with conversion, and tensors from arrays.</summary>
public static class TensorExtensionMethods
{
    public static bool ToBoolean(this torch.Tensor value) => Read<bool>(value, torch.ScalarType.Bool);

    public static int ToInt32(this torch.Tensor value) => Read<int>(value, torch.ScalarType.Int32);

    public static long ToInt64(this torch.Tensor value) => Read<long>(value, torch.ScalarType.Int64);

    public static float ToSingle(this torch.Tensor value) => Read<float>(value, torch.ScalarType.Float32);

    public static double ToDouble(this torch.Tensor value) => Read<double>(value, torch.ScalarType.Float64);

    /// <summary>A tensor with a copy of the elements; <paramref name="doCopy"/> makes no difference here.</summary>
    public static torch.Tensor ToTensor<T>(
        this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) where T : unmanaged
    {
        torch.Tensor tensor = Interop.ElementTypes.Copy<T>(rawArray, dimensions);
        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    public static torch.Tensor ToTensor<T>(this T scalar, torch.Device? device = null, bool requires_grad = false) where T : unmanaged =>
        torch.Finished(Interop.ElementTypes.Copy<T>([scalar], []), null, device, requires_grad, null);

    /// <summary>Writes dtype, shape and raw data in TorchSharp's binary format.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using torch.Tensor plain = tensor.detach().cpu().contiguous();
        writer.WriteLeb128((long)plain.dtype);
        writer.WriteLeb128(plain.ndim);
        foreach (long size in plain.shape) writer.WriteLeb128(size);
        writer.Flush();
        plain.WriteBytesToStream(writer.BaseStream);
    }

    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        tensor.Save(writer);
    }

    public static void Save(this torch.Tensor tensor, string location)
    {
        using FileStream stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Reads into an existing tensor, which has to have the shape of the one in the file.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using torch.Tensor read = Load(reader, skip);
        if (!skip) tensor.copy_(read);
    }

    /// <summary>Reads a tensor; with <paramref name="skip"/> its data is passed over and the tensor is empty.</summary>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        torch.ScalarType type = (torch.ScalarType)reader.ReadLeb128();
        long[] shape = new long[reader.ReadLeb128()];
        for (int i = 0; i < shape.Length; i++) shape[i] = reader.ReadLeb128();
        torch.Tensor tensor = torch.empty(shape, dtype: type);
        if (!skip)
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return tensor;
        }

        using torch.Tensor passed = tensor;
        passed.ReadBytesFromStream(reader.BaseStream);
        return torch.empty([0L], dtype: type);
    }

    private static T Read<T>(torch.Tensor value, torch.ScalarType type) where T : unmanaged
    {
        if (value.dtype == type) return value.item<T>();
        using torch.Tensor converted = value.to(type);
        return converted.item<T>();
    }
}
