using GeoAlign.Models;

namespace GeoAlign.Evaluate;

/// <summary>Opens the estimator that the options choose.</summary>
internal static class PathSources
{
    /// <summary>The estimator; null when none is chosen.</summary>
    /// <exception cref="ArgumentException">Two are chosen.</exception>
    /// <exception cref="FileNotFoundException">The program or the network is not there.</exception>
    public static IPathSource? Open(EvaluateOptions options, EvaluationCache cache)
    {
        if (options.PoseModel is not null && options.Vipe is not null) throw new UsageException("--pose-model and --vipe are two estimators; choose one.");
        if (options.Vipe is { } vipe) return new VipePaths(Executable(vipe), options.VipePipeline, Path.Combine(cache.Root, "vipe"), options.VipeJobs, cache.Hashes.Of);
        if (options.PoseModel is not { } model) return null;
        PoseNetwork network = PoseNetwork.Open(model, new PoseNetworkOptions { Device = options.Device, ExecutionProvider = options.ExecutionProvider, Threads = options.Threads });
        return new NetworkPaths(network, network.Identity, network.Name, options.PoseStride);
    }

    private static string Executable(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return File.Exists(program) ? Path.GetFullPath(program) : throw Missing(program);
        string name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw Missing(program);
    }

    private static FileNotFoundException Missing(string program) => new(
        $"ViPE's program '{program}' was not found. Install ViPE (github.com/nv-tlabs/vipe; it needs a CUDA GPU), name its program with --vipe, or give ready artefacts with --poses NAME=FOLDER.", program);
}
