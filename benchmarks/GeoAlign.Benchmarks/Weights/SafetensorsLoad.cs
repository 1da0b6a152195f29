using System.Diagnostics;
using System.Globalization;
using GeoAlign.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Benchmarks.Weights;

/// <summary>
/// Loads a safetensors file of 201 MB into a network and reads the same file into memory, in turns: what loading costs beside reading,
/// and how much memory it takes beside the network. The file stays in the operating system's cache, so no disk is measured.
/// </summary>
internal static class SafetensorsLoad
{
    private const int Matrices = 12, Width = 2048, Repetitions = 9, PieceBytes = 1 << 20;

    public static void Run(TextWriter output)
    {
        string path = Path.Combine(Path.GetTempPath(), $"geoalign-load-{Environment.ProcessId}.safetensors");
        set_num_threads(1);
        try
        {
            using Sequential network = Network(ScalarType.Float32), halved = Network(ScalarType.BFloat16);
            ModuleWeights.Save(network, path);
            long length = new FileInfo(path).Length;
            byte[] memory = new byte[length];
            Action read = () => Read(path, memory), load = () => Load(network, path), convert = () => Load(halved, path);
            Action fresh = () => GC.KeepAlive(File.ReadAllBytes(path));
            foreach (Action warm in new[] { read, load, convert }) warm();
            long? beside = PeakBeside(load), besideHalved = PeakBeside(convert);

            Action[] actions = [read, load, convert, fresh];
            double[][] seconds = [.. actions.Select(_ => new double[Repetitions])];
            for (int repetition = 0; repetition < Repetitions; repetition++)
            {
                for (int i = 0; i < actions.Length; i++)
                {
                    long started = Stopwatch.GetTimestamp();
                    actions[i]();
                    seconds[i][repetition] = Stopwatch.GetElapsedTime(started).TotalSeconds;
                }
            }

            output.WriteLine($"{length} bytes, {Repetitions} repetitions in turns; GB/s: best (median)");
            Row(output, "read into memory that is there", length, seconds[0]);
            Row(output, "load into a float32 network", length, seconds[1]);
            Row(output, "load into a bfloat16 network", length, seconds[2]);
            Row(output, "File.ReadAllBytes", length, seconds[3]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"load : read = {seconds[0].Min() / seconds[1].Min():F2} ({Median(seconds[0]) / Median(seconds[1]):F2}); "
                + $"peak memory beside the network: {Megabytes(beside)}, with conversion {Megabytes(besideHalved)}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Sequential Network(ScalarType type)
    {
        (string, nn.Module<Tensor, Tensor>)[] layers =
        [
            .. Enumerable.Range(0, Matrices).Select(i => (i.ToString(CultureInfo.InvariantCulture),
                (nn.Module<Tensor, Tensor>)nn.Linear(new Parameter(ones(Width, Width, dtype: type), requires_grad: false)))),
        ];
        return nn.Sequential(layers);
    }

    private static void Load(Sequential network, string path)
    {
        using IWeightSource source = WeightSources.Open(path);
        ModuleWeights.Load(network, source, KeyTolerance.None);
    }

    private static void Read(string path, byte[] memory)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        for (int start = 0; start < memory.Length; start += PieceBytes)
        {
            Span<byte> piece = memory.AsSpan(start, Math.Min(PieceBytes, memory.Length - start));
            if (RandomAccess.Read(file, piece, start) < piece.Length) throw new EndOfStreamException(path);
        }
    }

    // Linux forgets the peak when 5 is written there; elsewhere there is no such measurement.
    private static long? PeakBeside(Action action)
    {
        const string Reset = "/proc/self/clear_refs";
        if (!File.Exists(Reset)) return null;
        File.WriteAllText(Reset, "5");
        using Process before = Process.GetCurrentProcess();
        action();
        using Process after = Process.GetCurrentProcess();
        return after.PeakWorkingSet64 - before.WorkingSet64;
    }

    private static string Megabytes(long? bytes) =>
        bytes is long known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1e6:F1} MB") : "not measured";

    private static void Row(TextWriter output, string name, long bytes, double[] seconds) => output.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{name,-32} {bytes / seconds.Min() / 1e9:F2} ({bytes / Median(seconds) / 1e9:F2})"));

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
