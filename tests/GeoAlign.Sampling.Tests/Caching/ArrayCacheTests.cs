namespace GeoAlign.Sampling.Tests.Caching;

public sealed class ArrayCacheTests : IDisposable
{
    private static readonly CacheKey Key = CacheKey.Of(("kind", "latents"), ("clip", "abc"));

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _messages = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Arrays_come_back_bit_for_bit_and_are_computed_once()
    {
        ArrayCache cache = Cache();
        float[] values = [0, -0f, float.Epsilon, -1.5f, float.MaxValue, 1 / 3f];
        int computed = 0;
        Task<CachedArray> Compute(CancellationToken _)
        {
            computed++;
            return Task.FromResult(new CachedArray([2, 3], values));
        }

        await cache.GetOrComputeAsync(Key, Compute);
        CachedArray back = await Cache().GetOrComputeAsync(Key, Compute);

        Assert.Equal(1, computed);
        Assert.Equal([2, 3], back.Shape);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), back.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Null(cache.Find(CacheKey.Of(("kind", "latents"), ("clip", "abd"))));
        Assert.Empty(_messages);
    }

    /// <summary>Every single byte counts: whichever is changed, the entry is thrown away and computed again.</summary>
    [Fact]
    public void A_changed_byte_anywhere_is_found()
    {
        ArrayCache cache = Cache();
        cache.Store(Key, new CachedArray([2], new float[] { 1, 2 }));
        string file = Assert.Single(Files());
        byte[] whole = File.ReadAllBytes(file);

        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1;
            File.WriteAllBytes(file, damaged);

            Assert.Null(cache.Find(Key));
            Assert.False(File.Exists(file));
        }

        Assert.Equal(whole.Length, _messages.Count);
        Assert.StartsWith($"{file}: it is cut off or no cache file; it was thrown away and is computed again (kind=latents clip=abc).", _messages[0], StringComparison.Ordinal);
        Assert.Contains("its checksum does not fit", _messages[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(7), InlineData(30), InlineData(-1)]
    public async Task A_file_cut_off_is_computed_again(int length)
    {
        ArrayCache cache = Cache();
        cache.Store(Key, new CachedArray([2], new float[] { 1, 2 }));
        string file = Assert.Single(Files());
        byte[] whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..(length < 0 ? whole.Length + length : length)]);

        CachedArray again = await cache.GetOrComputeAsync(Key, _ => Task.FromResult(new CachedArray([1], new float[] { 5 })));

        Assert.Equal(5, again.Values.Span[0]);
        Assert.Single(_messages);
        Assert.Equal(5, cache.Find(Key)!.Values.Span[0]);
    }

    [Fact]
    public void A_whole_file_of_another_key_is_not_trusted()
    {
        ArrayCache cache = Cache();
        CacheKey other = CacheKey.Of(("kind", "latents"), ("clip", "xyz"));
        cache.Store(other, new CachedArray([1], new float[] { 1 }));
        string stored = Assert.Single(Files()), wanted = Path.Combine(_folder.Path, Key.Hash[..2], Key.Hash + ".bin");
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        File.Move(stored, wanted);

        Assert.Null(cache.Find(Key));
        Assert.Contains("it belongs to another key", Assert.Single(_messages), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_used_longest_ago_makes_room()
    {
        ArrayCache cache = Cache(maximumBytes: 3200);
        CacheKey[] keys = [.. Enumerable.Range(0, 4).Select(i => CacheKey.Of(("number", $"{i}")))];
        for (int i = 0; i < 3; i++)
        {
            cache.Store(keys[i], new CachedArray([240], new float[240]));      // about 1 kB each
            File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, keys[i].Hash[..2], keys[i].Hash + ".bin"), new DateTime(2020, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.NotNull(cache.Find(keys[0]));                                   // used just now
        cache.Store(keys[3], new CachedArray([240], new float[240]));

        Assert.Null(cache.Find(keys[1]));
        Assert.All(new[] { 0, 2, 3 }, i => Assert.NotNull(cache.Find(keys[i])));
        Assert.Contains("1 results used longest ago made room", Assert.Single(_messages), StringComparison.Ordinal);
        Assert.True(Files().Sum(f => new FileInfo(f).Length) <= 3200);
    }

    [Fact]
    public async Task Threads_and_a_failing_computation_leave_no_half_files()
    {
        ArrayCache cache = Cache();
        await Parallel.ForAsync(0, 60, async (i, stop) => Assert.Equal(i % 5, (await cache.GetOrComputeAsync(
            CacheKey.Of(("number", $"{i % 5}")), _ => Task.FromResult(new CachedArray([1], new float[] { i % 5 })), stop)).Values.Span[0]));
        await Assert.ThrowsAsync<InvalidDataException>(() => cache.GetOrComputeAsync(Key, _ => throw new InvalidDataException("no")));

        Assert.Equal(5, Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length);
        Assert.Null(cache.Find(Key));
    }

    [Fact]
    public void Arrays_and_keys_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new CachedArray([2, 2], new float[3]));
        Assert.Contains("Value 1 of the array [2] is NaN", Assert.Throws<ArgumentException>(() => new CachedArray([2], new[] { 0, float.NaN })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CacheKey.Of());
        Assert.Throws<ArgumentException>(() => CacheKey.Of(("a", "1"), ("a", "2")));
        Assert.Throws<ArgumentException>(() => CacheKey.Of(("a", "1\n2")));
        Assert.Throws<ArgumentException>(() => CacheKey.Of(("", "1")));
        Assert.NotEqual(CacheKey.Of(("a", "1"), ("b", "2")).Hash, CacheKey.Of(("b", "2"), ("a", "1")).Hash);
    }

    private string[] Files() => Directory.GetFiles(_folder.Path, "*.bin", SearchOption.AllDirectories);

    private ArrayCache Cache(long maximumBytes = 1 << 20) => new(new CacheOptions(_folder.Path) { MaximumBytes = maximumBytes, Report = _messages.Add });
}
