namespace GeoAlign.Models.Tests;

/// <summary>Writes weights as PyTorch does.</summary>
internal static class CheckpointFiles
{
    public static void WritePth(string path, IEnumerable<WeightToWrite> weights)
    {
        PickleBytes pickle = new PickleBytes().Op('}').Op('(');
        List<(string Key, byte[] Data)> storages = [];
        foreach (WeightToWrite weight in weights)
        {
            using MemoryStream bytes = new();
            weight.WriteBytes(bytes);
            string key = $"{storages.Count}";
            long[] sizes = [.. weight.Shape], strides = new long[sizes.Length];
            long stride = 1;
            for (int axis = sizes.Length - 1; axis >= 0; stride *= sizes[axis--]) strides[axis] = stride;
            pickle.Text(weight.Name).Tensor(key, bytes.Length / 4, 0, sizes, strides);
            storages.Add((key, bytes.ToArray()));
        }

        File.WriteAllBytes(path, CheckpointBytes.Zip(pickle.Op('u').Stop(), [.. storages]));
    }
}
