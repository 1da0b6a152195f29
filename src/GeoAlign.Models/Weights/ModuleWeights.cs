using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Moves weights between files and the parameters of a network, a piece of a tensor at a time.</summary>
public static class ModuleWeights
{
    /// <summary>Bytes in flight: beside the network nothing larger is ever held. Small enough for a processor's cache.</summary>
    internal const int ChunkBytes = 1 << 20;

    /// <summary>Names and shapes of a network's parameters.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<long>> ShapesOf(nn.Module module) => ShapesOf(module.named_parameters());

    /// <summary>Loads a file into a network. Keys and shapes are compared first; nothing is loaded unless all fit.</summary>
    /// <param name="module">Network; values are converted to the types of its parameters.</param>
    /// <param name="source">Opened weight file.</param>
    /// <param name="tolerance">Which differences between the keys are expected.</param>
    /// <exception cref="WeightMismatchException">Keys or shapes do not fit.</exception>
    /// <exception cref="WeightFormatException">A tensor does not hold floating-point numbers.</exception>
    /// <exception cref="InvalidOperationException">The network is on the meta device, which holds no numbers.</exception>
    public static WeightKeyReport Load(nn.Module module, IWeightSource source, KeyTolerance tolerance) =>
        Load(module.named_parameters(), source, tolerance);

    /// <summary>
    /// Loads a partial checkpoint over the present weights: any of a chosen part of the network's weights, and nothing else.
    /// </summary>
    /// <remarks>Training programs that change only some layers save only those; ReDirector's step files are such.</remarks>
    /// <param name="module">Network; values are converted to the types of its parameters.</param>
    /// <param name="source">Opened weight file.</param>
    /// <param name="isPart">Which keys the file may have, for instance those of self-attention.</param>
    /// <returns>The report; its missing keys are those weights of the part that keep their present values.</returns>
    /// <exception cref="WeightMismatchException">The file has a key outside the part, or a wrong shape.</exception>
    /// <exception cref="WeightFormatException">A tensor does not hold floating-point numbers.</exception>
    /// <exception cref="InvalidOperationException">The network is on the meta device, which holds no numbers.</exception>
    public static WeightKeyReport LoadPart(nn.Module module, IWeightSource source, Func<string, bool> isPart) =>
        Load(module.named_parameters().Where(p => isPart(p.Item1)), source, KeyTolerance.Missing);

    /// <summary>Writes the weights of a network, or a part of them, to a safetensors file in the types they are kept in.</summary>
    /// <param name="module">Network.</param>
    /// <param name="path">File to write; an older one is replaced.</param>
    /// <param name="isPart">Which keys to write; all if null.</param>
    public static void Save(nn.Module module, string path, Func<string, bool>? isPart = null) =>
        SafetensorsWriter.Write(path, ToWrite(module.named_parameters().Where(p => isPart is null || isPart(p.Item1))));

    internal static WeightKeyReport Load(
        IEnumerable<(string Name, Parameter Weight)> parameters, IWeightSource source, KeyTolerance tolerance)
    {
        Dictionary<string, Parameter> weights = parameters.ToDictionary(p => p.Name, p => p.Weight, StringComparer.Ordinal);
        WeightKeyReport report =
            WeightKeyReport.Compare(ShapesOf(weights.Select(w => (w.Key, w.Value))), source.Entries).Require(source.Path, tolerance);
        foreach (string name in report.Matching)
        {
            if (weights[name].device_type == DeviceType.META)
                throw new InvalidOperationException($"Weight '{name}' is on the meta device, which holds no numbers; nothing was loaded.");
            if (!source.Entries[name].Type.IsFloatingPoint())
                throw new WeightFormatException(source.Path, name, $"found {source.Entries[name].Type}, expected a floating-point type");
        }

        using IDisposable noGradient = no_grad();
        HashSet<string> matching = [.. report.Matching];
        foreach (WeightEntry entry in source.Entries.Values)              // in the file's order, so that a disk reads ahead
        {
            if (matching.Contains(entry.Name)) Copy(source, entry, weights[entry.Name]);
        }

        return report;
    }

    internal static IEnumerable<WeightToWrite> ToWrite(IEnumerable<(string Name, Parameter Weight)> parameters) =>
        parameters.Select(p => ToWrite(p.Name, p.Weight));

    /// <summary>Writes a tensor in the type it has.</summary>
    internal static WeightToWrite ToWrite(string name, Tensor tensor)
    {
        WeightType type = StoredType(tensor.dtype);
        return new WeightToWrite(name, type, tensor.shape, stream => WriteBytes(tensor, type, stream));
    }

    /// <summary>
    /// Copies a stored tensor into a contiguous one of equal shape: straight into its memory where nothing is to be converted.
    /// </summary>
    internal static void Copy(IWeightSource source, WeightEntry entry, Tensor destination)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int elementSize = entry.Type.SizeInBytes();
        ScalarType type = TensorType(entry.Type);
        Tensor flat = destination.detach().view(-1);
        Tensor? staged = flat.device_type == DeviceType.CPU && flat.dtype == type
            ? null
            : empty(Math.Min(entry.ElementCount, ChunkBytes / elementSize), dtype: type);
        ForEachChunk(entry.ElementCount, elementSize, (start, count) =>
        {
            using DisposeScope chunk = NewDisposeScope();
            Tensor piece = flat.narrow(0, start, count), read = staged?.narrow(0, 0, count) ?? piece;
            source.ReadBytes(entry.Name, start * elementSize, read.bytes);
            if (staged is not null) piece.copy_(read);
        });
    }

    private static void WriteBytes(Tensor tensor, WeightType type, Stream stream)
    {
        using IDisposable noGradient = no_grad();
        ForEachChunk(tensor.numel(), type.SizeInBytes(), (start, count) =>
        {
            using DisposeScope scope = NewDisposeScope();
            stream.Write(tensor.detach().view(-1).narrow(0, start, count).cpu().contiguous().bytes);
        });
    }

    private static void ForEachChunk(long elements, int elementSize, Action<long, long> body)
    {
        long chunk = ChunkBytes / elementSize;
        for (long start = 0; start < elements; start += chunk) body(start, Math.Min(chunk, elements - start));
    }

    private static Dictionary<string, IReadOnlyList<long>> ShapesOf(IEnumerable<(string Name, Parameter Weight)> parameters) =>
        parameters.ToDictionary(p => p.Name, p => (IReadOnlyList<long>)p.Weight.shape, StringComparer.Ordinal);

    private static ScalarType TensorType(WeightType type) => type switch
    {
        WeightType.F64 => ScalarType.Float64,
        WeightType.F32 => ScalarType.Float32,
        WeightType.F16 => ScalarType.Float16,
        WeightType.BF16 => ScalarType.BFloat16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a floating-point type."),
    };

    private static WeightType StoredType(ScalarType type) => type switch
    {
        ScalarType.Float64 => WeightType.F64,
        ScalarType.Float32 => WeightType.F32,
        ScalarType.Float16 => WeightType.F16,
        ScalarType.BFloat16 => WeightType.BF16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a floating-point type."),
    };
}
