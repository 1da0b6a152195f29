namespace TorchSharp.Interop;

/// <summary>Counters of the pooled CPU allocator: blocks of 32 KiB and more, all threads.</summary>
/// <param name="LiveBytes">In use by tensors, in whole size classes.</param>
/// <param name="LiveBlocks">Blocks in use.</param>
/// <param name="CachedBytes">Free, kept for reuse.</param>
/// <param name="MappedBytes">Taken from the system: live and cached.</param>
/// <param name="PeakMappedBytes">The most that was mapped since the start or the last <see cref="ResetPeak"/>.</param>
/// <param name="Maps">Blocks ever taken from the system.</param>
/// <param name="Reuses">Requests served from the cache.</param>
internal readonly record struct NativeMemory(
    long LiveBytes, long LiveBlocks, long CachedBytes, long MappedBytes, long PeakMappedBytes, long Maps, long Reuses)
{
    /// <summary>
    /// Most bytes kept free for reuse: at start GEOALIGN_TORCH_CACHE_MIB of the environment, else an eighth of the machine's
    /// memory, at most 4 GiB.
    /// </summary>
    public static long CacheLimit
    {
        get => NativeError.Checked(Native.gat_memory_cache_limit());
        set => NativeError.Checked(Native.gat_memory_set_cache_limit(value));
    }

    public static unsafe NativeMemory Now()
    {
        long* values = stackalloc long[7];
        NativeError.Checked(Native.gat_memory_counters(values));
        return new NativeMemory(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }

    /// <summary>Lets the peak start again from what is mapped now.</summary>
    public static void ResetPeak() => NativeError.Checked(Native.gat_memory_reset_peak());

    /// <summary>Gives all cached blocks back to the system.</summary>
    public static void EmptyCache() => NativeError.Checked(Native.gat_memory_empty_cache());
}
