using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using TorchSharp.Modules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>
/// Damaged weight files of every layout. Whatever is in a file, it is loaded or refused with an exception that says why, soon and with
/// little memory. GEOALIGN_FUZZ_MUTATIONS sets how many files of each layout are tried; 2,000 if it is not set.
/// </summary>
public sealed class WeightFileFuzzTests : IDisposable
{
    private const int Usual = 2_000;
    private const double LongestSeconds = 30;                                // a file of kilobytes takes milliseconds; a busy machine, more
    private const long AllocationFixed = 2_000_000, AllocationPerByte = 200;

    private static readonly int Mutations =
        Environment.GetEnvironmentVariable("GEOALIGN_FUZZ_MUTATIONS") is string asked ? int.Parse(asked, CultureInfo.InvariantCulture) : Usual;

    private readonly ITestOutputHelper _output;
    private readonly Sequential _network = nn.Sequential(("0", nn.Linear(3, 4)));
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly string _folder;

    public WeightFileFuzzTests(ITestOutputHelper output)
    {
        _output = output;
        string memory = "/dev/shm";                                          // where there is one: a disk would take most of the time
        _folder = Directory.CreateDirectory(Path.Combine(
            Directory.Exists(memory) ? memory : Path.GetTempPath(), "geoalign-fuzz-" + Guid.NewGuid().ToString("N"))).FullName;
    }

    [Fact]
    public void Safetensors_files_are_loaded_or_refused()
    {
        ModuleWeights.Save(_network, FileName("base"));
        byte[] network = File.ReadAllBytes(FileName("base"));
        Fuzz(1, Mutation.JsonPieces, random =>
        {
            if (random.Next(3) == 0) return network;
            (byte[] header, long dataLength) = SafetensorsHeaderFuzzTests.ValidHeader(random);
            return SafetensorsBytes.Of(Encoding.UTF8.GetString(header), (int)dataLength);
        });
    }

    [Fact]
    public void Indexes_of_shards_are_loaded_or_refused()
    {
        ModuleWeights.Save(_network, FileName("a.safetensors"), name => name == "0.weight");
        ModuleWeights.Save(_network, FileName("b.safetensors"), name => name == "0.bias");
        byte[] index = """{"metadata":{"total_size":64},"weight_map":{"0.weight":"a.safetensors","0.bias":"b.safetensors"}}"""u8.ToArray();
        Fuzz(2, Mutation.JsonPieces, _ => index);
    }

    [Fact]
    public void Zipped_checkpoints_are_loaded_or_refused()
    {
        byte[][] files = [.. new[] { "module", "plain", "plain_newer", "nested" }.Select(Golden)];
        List<(string Name, byte[] Content)>[] contents = [.. files.Select(Contents)];
        Fuzz(3, Mutation.PicklePieces, random =>
        {
            int chosen = random.Next(files.Length);
            if (random.Next(2) == 0) return files[chosen];

            // Damage inside the pickle, in an archive that is whole.
            return new ZipBytes { Wide = random.Next(4) == 0 }.AddAll(contents[chosen].Select(file =>
                file.Name.EndsWith("data.pkl", StringComparison.Ordinal)
                    ? (file.Name, Damaged(file.Content, random, Mutation.PicklePieces))
                    : file)).Finish();
        });
    }

    [Fact]
    public void Early_checkpoints_are_loaded_or_refused()
    {
        byte[] plain = Golden("plain_legacy");
        byte[] network = CheckpointBytes.Legacy(
            new PickleBytes().Op('}').Text("0.weight").Tensor("w", 12, 0, [4, 3], [1, 4], legacy: true).Op('s')
                .Row("0.bias", "b", 4, legacy: true).Op('s').Stop(),
            ("w", CheckpointBytes.Row(12)), ("b", CheckpointBytes.Row(4)));
        Fuzz(4, Mutation.PicklePieces, random => random.Next(2) == 0 ? plain : network);
    }

    public void Dispose()
    {
        _network.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Fuzz(int seed, byte[][] pieces, Func<Random, byte[]> make)
    {
        Random random = new(seed);
        string path = FileName("fuzz");
        (int loaded, int readable, int mismatched, int refused) = (0, 0, 0, 0);
        (double slowest, long largest) = (0, 0);
        Stopwatch total = Stopwatch.StartNew();
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = Damaged(make(random), random, pieces);
            File.WriteAllBytes(path, bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            try
            {
                using IWeightSource source = WeightSources.Open(path);
                foreach (WeightEntry entry in source.Entries.Values)
                    source.ReadBytes(entry.Name, 0, _buffer.AsSpan(0, checked((int)entry.ByteLength)));
                readable++;
                ModuleWeights.Load(_network, source, KeyTolerance.Unused);
                loaded++;
            }
            catch (WeightFormatException)
            {
                refused++;
            }
            catch (WeightMismatchException)
            {
                mismatched++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"file {i} of {bytes.Length} bytes: {Convert.ToBase64String(bytes)}", e);
            }

            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalSeconds);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            largest = Math.Max(largest, allocated);
            Assert.True(slowest < LongestSeconds, $"file {i}: {slowest} s");
            long most = AllocationFixed + AllocationPerByte * bytes.Length;
            Assert.True(allocated < most, $"file {i} of {bytes.Length} bytes: {allocated} bytes allocated");
        }

        string outcomes = $"{loaded} loaded, {mismatched} of another network, {refused} refused";
        _output.WriteLine($"{Mutations} files in {total.Elapsed.TotalSeconds:F1} s: {outcomes}; "
            + $"slowest {1000 * slowest:F1} ms, most memory {largest} bytes");
        Assert.True(loaded > 0 && readable > Mutations / 20 && refused > Mutations / 4, outcomes + ": the mutations test nothing");
    }

    private static byte[] Damaged(byte[] bytes, Random random, byte[][] pieces)
    {
        for (int n = random.Next(4); n > 0; n--) bytes = Mutation.Apply(bytes, random, pieces);
        return bytes;
    }

    private static byte[] Golden(string name) => File.ReadAllBytes(Repository.Fixture("models", $"pth_sample_{name}.pth"));

    private static List<(string Name, byte[] Content)> Contents(byte[] zip)
    {
        using ZipArchive archive = new(new MemoryStream(zip));
        List<(string, byte[])> files = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream content = new();
            stream.CopyTo(content);
            files.Add((entry.FullName, content.ToArray()));
        }

        return files;
    }

    private string FileName(string name) => Path.Combine(_folder, name);
}
