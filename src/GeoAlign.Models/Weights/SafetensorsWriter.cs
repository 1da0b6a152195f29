using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>Writes safetensors files that appear whole or not at all.</summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions HeaderStyle = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes the tensors under a temporary name (<c>path.tmp</c>), flushes them to the disk and renames the file, replacing an older one.
    /// </summary>
    /// <remarks>
    /// Order of the data: larger elements first, then by name, so that every tensor is aligned and equal content gives equal bytes.
    /// </remarks>
    /// <param name="path">File to write.</param>
    /// <param name="tensors">What to write; names must differ.</param>
    /// <param name="metadata">Texts to attach.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a size is negative.</exception>
    /// <exception cref="InvalidOperationException">A tensor produced another number of bytes than its shape says.</exception>
    public static void Write(string path, IEnumerable<WeightToWrite> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        WeightToWrite[] ordered = [.. tensors.OrderByDescending(t => t.Type.SizeInBytes()).ThenBy(t => t.Name, StringComparer.Ordinal)];
        byte[] header = Header(ordered, metadata);
        string temporary = path + ".tmp";
        try
        {
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                file.Write(length);
                file.Write(header);
                foreach (WeightToWrite tensor in ordered) WriteTensor(file, tensor);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void WriteTensor(FileStream file, WeightToWrite tensor)
    {
        long begin = file.Position;
        tensor.WriteBytes(file);
        if (file.Position - begin != ByteLength(tensor))
        {
            string shape = $"{tensor.Type} {WeightEntry.Format(tensor.Shape)}";
            throw new InvalidOperationException(
                $"Tensor '{tensor.Name}' wrote {file.Position - begin} bytes, its {shape} takes {ByteLength(tensor)}.");
        }
    }

    private static byte[] Header(WeightToWrite[] ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, HeaderStyle))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 }) WriteMetadata(json, metadata);

            HashSet<string> names = new(StringComparer.Ordinal) { "__metadata__" };
            long offset = 0;
            foreach (WeightToWrite tensor in ordered)
            {
                if (!names.Add(tensor.Name))
                    throw new ArgumentException($"Tensor name '{tensor.Name}' is used twice or reserved.", nameof(ordered));
                long end = checked(offset + ByteLength(tensor));
                WriteEntry(json, tensor, offset, end);
                offset = end;
            }

            json.WriteEndObject();
        }

        byte[] padding = Encoding.ASCII.GetBytes(new string(' ', (int)(-bytes.Length & 7)));     // data begins at a multiple of 8
        bytes.Write(padding);
        return bytes.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, WeightToWrite tensor, long begin, long end)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.SafetensorsCode());
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static long ByteLength(WeightToWrite tensor)
    {
        long bytes = tensor.Type.SizeInBytes();
        foreach (long size in tensor.Shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, tensor.Name);
            bytes = checked(bytes * size);
        }

        return bytes;
    }
}
