using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace GeoAlign.Sampling;

/// <summary>A running ffmpeg or ffprobe. Its error output is read all the time, so that it never blocks; cancelling or disposing kills it.</summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    private const int KeptErrorLines = 12;

    // The C library's words for ENOMEM, EAGAIN, EMFILE, ENFILE, ENOSPC, ESTALE, ETIMEDOUT, EACCES, ENOENT and ENOTCONN.
    private static readonly string[] Hindrances =
    [
        "Cannot allocate memory", "Resource temporarily unavailable", "Too many open files", "No space left on device", "Stale file handle", "timed out",
        "Permission denied", "No such file or directory", "Transport endpoint is not connected",
    ];

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task _feeding;
    private readonly CancellationTokenRegistration _cancellation;

    private FfmpegProcess(Process process, string? script, CancellationToken cancellationToken)
    {
        _process = process;
        _errors = ReadErrorsAsync(process.StandardError);
        _feeding = script is null ? Task.CompletedTask : FeedAsync(process.StandardInput.BaseStream, script);
        _cancellation = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
    }

    /// <summary>Bytes the program reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Bytes the program writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts a program without a shell.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <param name="script">Text for it to read; null when the caller writes to <see cref="Input"/>.</param>
    /// <param name="workingDirectory">Folder it runs in; null for the current one.</param>
    /// <exception cref="FfmpegNotFoundException">It cannot be started.</exception>
    public static FfmpegProcess Start(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, string? script = "", string? workingDirectory = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingDirectory ?? "",
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            return new(Process.Start(start)!, script, cancellationToken);
        }
        catch (Win32Exception error)
        {
            throw new FfmpegNotFoundException($"{program} could not be started: {error.Message}.", error);
        }
    }

    /// <summary>Waits for the end; the program's own error lines tell what happened.</summary>
    public async Task<(int ExitCode, string Errors)> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();                     // it may have ended because it was killed
        return (_process.ExitCode, await _errors.ConfigureAwait(false));
    }

    /// <summary>
    /// Whether a failure is the system's and not the file's: the program was killed without a word, or its own words are those of a missing resource.
    /// </summary>
    public static bool WasHindered(int exitCode, string errors) =>
        exitCode > 128 && errors.Length == 0 || Array.Exists(Hindrances, words => errors.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cancellation.DisposeAsync().ConfigureAwait(false);
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _errors.ConfigureAwait(false);
        await _feeding.ConfigureAwait(false);
        _process.Dispose();
    }

    private static async Task FeedAsync(Stream input, string script)
    {
        try
        {
            await input.WriteAsync(Encoding.UTF8.GetBytes(script)).ConfigureAwait(false);
            input.Close();
        }
        catch (IOException)
        {
            // The program ended before it had read its script. Its exit code and error lines, which every caller looks at, say why.
        }
    }

    // The first lines name the cause, what follows repeats it: a damaged stream can print thousands.
    private static async Task<string> ReadErrorsAsync(StreamReader errors)
    {
        List<string> kept = [];
        int dropped = 0;
        while (await errors.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (kept.Count < KeptErrorLines) kept.Add(line.Trim());
            else dropped++;
        }

        if (dropped > 0) kept.Add($"({dropped} more lines)");
        return string.Join(Environment.NewLine, kept);
    }
}
