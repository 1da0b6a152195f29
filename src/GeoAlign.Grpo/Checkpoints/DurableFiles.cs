using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GeoAlign.Grpo;

/// <summary>File operations that have reached the disk when they return.</summary>
internal sealed class DurableFiles : IFileOperations
{
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public void Write(string path, byte[] content)
    {
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    public (long Bytes, string Sha256) Settle(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
        return (file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    public void SettleFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;          // NTFS journals its directories and has no such call
        int descriptor = NativeOpen(path, 0);
        if (descriptor < 0) throw Failure("open", path);
        int result = NativeFlush(descriptor);
        IOException? failure = result == 0 ? null : Failure("fsync", path);
        _ = NativeClose(descriptor);
        if (failure is not null) throw failure;
    }

    public void Rename(string from, string to) => Directory.Move(from, to);

    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);

    private static IOException Failure(string call, string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of folder {path}: {new Win32Exception(error).Message}");
    }

    // .NET opens files only; a folder's entries are made durable through the C library.
    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeFlush(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int descriptor);
}
