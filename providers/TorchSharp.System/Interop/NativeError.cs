using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Turns a failure reported by the native library into the exception that TorchSharp throws.</summary>
internal static unsafe class NativeError
{
    private static readonly ConcurrentDictionary<long, Exception> Kept = new();
    private static long _lastKey;

    /// <summary>The last failure of this thread. An exception from a managed callback is its inner exception.</summary>
    public static ExternalException Last()
    {
        long key;
        string text = Marshal.PtrToStringUTF8(Native.gat_last_error(&key)) ?? "";
        if (key != 0 && Kept.TryRemove(key, out Exception? inner)) return new ExternalException($"{text}: {inner.Message}", inner);
        return new ExternalException(text);
    }

    /// <summary>Keeps the exception of a callback, which must not cross native frames, and returns its key.</summary>
    public static long Keep(Exception exception)
    {
        long key = Interlocked.Increment(ref _lastKey);
        Kept[key] = exception;
        return key;
    }

    /// <summary>The result of a native function that returns −1 on failure.</summary>
    public static int Checked(int result) => result >= 0 ? result : throw Last();

    public static long Checked(long result) => result >= 0 ? result : throw Last();

    /// <summary>Throws when a native function returned its failure value.</summary>
    public static void ThrowIf(bool failed)
    {
        if (failed) throw Last();
    }
}
