using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>
/// Finds libGeoAlignTorch: the path in GEOALIGN_TORCH_LIBRARY if set, else runtimes/{rid}/native beside the assembly, else the
/// assembly's own folder (where publishing for one platform puts it), else the system's search path. Installs the pooled allocator as soon as the library is loaded.
/// </summary>
internal static unsafe class NativeLibraryLoader
{
    /// <summary>Name used in the imports.</summary>
    public const string Name = "GeoAlignTorch";

    /// <summary>Environment variable with the full path of the library; nothing else is tried when it is set.</summary>
    public const string Variable = "GEOALIGN_TORCH_LIBRARY";

    private static readonly Lock Loading = new();
    private static nint _loaded;

    /// <summary>Registers the resolver; one per assembly is allowed.</summary>
    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);

    /// <summary>Where the library is looked for, in order.</summary>
    public static IReadOnlyList<string> Candidates(string? variable)
    {
        if (!string.IsNullOrEmpty(variable)) return [variable];

        (string system, string file) = OperatingSystem.IsWindows() ? ("win", $"{Name}.dll")
            : OperatingSystem.IsMacOS() ? ("osx", $"lib{Name}.dylib")
            : ("linux", $"lib{Name}.so");
        string rid = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        string beside = Path.GetDirectoryName(typeof(NativeLibraryLoader).Assembly.Location) is { Length: > 0 } folder
            ? folder
            : AppContext.BaseDirectory;
        return [Path.Combine(beside, "runtimes", rid, "native", file), Path.Combine(beside, file), file];
    }

    /// <summary>Loads the first candidate that exists.</summary>
    /// <exception cref="DllNotFoundException">None could be loaded; the message says why and what to do.</exception>
    public static nint Load(IReadOnlyList<string> candidates)
    {
        List<string> reasons = [];
        foreach (string candidate in candidates)
        {
            if (Path.IsPathRooted(candidate) && !File.Exists(candidate))
            {
                reasons.Add($"{candidate} does not exist");
                continue;
            }

            try
            {
                return NativeLibrary.Load(candidate);
            }
            catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
            {
                reasons.Add($"{candidate}: {failure.Message.Trim()}");
            }
        }

        throw new DllNotFoundException(
            $"The native library lib{Name} of GeoAlign.TorchSharp.System, or the libtorch it needs, cannot be loaded. " +
            $"Run ./setup.sh, which installs libtorch and builds it, or set {Variable} to its full path. Tried: {string.Join("; ", reasons)}");
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (library != Name) return 0;
        lock (Loading)
        {
            if (_loaded != 0) return _loaded;
            nint handle = Load(Candidates(Environment.GetEnvironmentVariable(Variable)));
            ((delegate* unmanaged<int>)NativeLibrary.GetExport(handle, "gat_memory_install"))();
            return _loaded = handle;
        }
    }
}
