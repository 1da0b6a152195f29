using System.ComponentModel;
using System.Diagnostics;

namespace GeoAlign.Evaluate;

/// <summary>Paths from the program ViPE (nv-tlabs/vipe), which is started once per video and leaves its artefacts in a folder.</summary>
/// <param name="program">The executable.</param>
/// <param name="pipeline">Its preset: only_pose of ReDirector's copy, or one of the original.</param>
/// <param name="folder">Where its artefacts go.</param>
/// <param name="jobs">Most of them at a time; each needs a GPU.</param>
/// <param name="hashOf">Hash of a video's content.</param>
internal sealed class VipePaths(string program, string pipeline, string folder, int jobs, Func<string, string> hashOf) : IPathSource, IDisposable
{
    private const int KeptLines = 12;

    private readonly SemaphoreSlim _turn = new(jobs);

    public string Identity { get; } = $"vipe {program} {pipeline}";

    public string Title { get; } = $"ViPE {pipeline}";

    public async Task<EstimatedPath> EstimateAsync(string video, VideoFacts facts, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            bool isFolder = Directory.Exists(video);
            string name = isFolder ? Path.GetFileName(video) : Path.GetFileNameWithoutExtension(video);
            string output = Path.Combine(folder, $"{Prefix(hashOf(video))}{ContentHash.OfText(Path.GetFullPath(video))[..8]}");
            string poses = Path.Combine(output, "pose", name + ".npz");
            if (Directory.Exists(output)) Directory.Delete(output, recursive: true);     // never what an earlier run left unfinished
            string said = await RunAsync(["infer", .. isFolder ? new[] { "--image-dir", video } : [video], "--output", output, "--pipeline", pipeline], stop);
            return File.Exists(poses)
                ? ReadyPaths.Read(poses, facts)
                : throw new InvalidOperationException($"ViPE ended without an error and wrote no {poses}. It said:{Environment.NewLine}{said}");
        }
        finally
        {
            _turn.Release();
        }
    }

    public SceneFiles? SceneOf(string videoHash) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, Prefix(videoHash) + "*").Order(StringComparer.Ordinal)
            .Select(output => Path.Combine(output, "pose")).Where(Directory.Exists).SelectMany(poses => Directory.EnumerateFiles(poses, "*.npz")).Select(SceneFiles.Of).FirstOrDefault()
        : null;

    public void Dispose() => _turn.Dispose();

    private static string Prefix(string videoHash) => videoHash[..24] + "-";

    // Returns its last lines.
    private async Task<string> RunAsync(string[] arguments, CancellationToken stop)
    {
        using Process process = Start(arguments);
        Queue<string> last = [];
        void Keep(string? line)
        {
            if (string.IsNullOrWhiteSpace(line)) return;
            lock (last)
            {
                last.Enqueue(line);
                if (last.Count > KeptLines) last.Dequeue();
            }
        }

        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(stop);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        string said;
        lock (last) said = string.Join(Environment.NewLine, last);
        return process.ExitCode == 0
            ? said
            : throw new InvalidOperationException($"ViPE ended with exit code {process.ExitCode}. It said:{Environment.NewLine}{said}");
    }

    private Process Start(string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new FileNotFoundException($"ViPE's program '{program}' cannot be started ({e.Message}). Install ViPE (github.com/nv-tlabs/vipe), name its program with --vipe, or give ready artefacts with --poses NAME=FOLDER.", program, e);
        }
    }
}
