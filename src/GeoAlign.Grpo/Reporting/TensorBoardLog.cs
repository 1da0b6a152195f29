using System.Globalization;

namespace GeoAlign.Grpo;

/// <summary>Writes the curves of a run as event files for TensorBoard; the step of a point is its iteration.</summary>
/// <remarks>
/// Every start and every roll-back begins a new file with a session start at the iteration where the run goes on, on which TensorBoard drops older points of it and later
/// iterations. A file is only ever appended to by the start that made it: half a record that a crash left behind is the last thing in its file, where readers take it
/// for the end.
/// </remarks>
/// <param name="folder">The folder of the run; made when missing. One process writes to it.</param>
/// <param name="time">The clock of file names and events; null for the system's.</param>
public sealed class TensorBoardLog(string folder, TimeProvider? time = null) : IIterationLog
{
    private const string Prefix = "events.out.tfevents.";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private string? _path;

    /// <inheritdoc/>
    public void ResumeAt(int iteration)
    {
        _path = NewFile();
        Append(_path, EventMessage.Start(WallSeconds(), iteration));
    }

    /// <inheritdoc/>
    public void Write(IterationReport report)
    {
        _path ??= NewFile();
        Append(_path, EventMessage.Scalars(WallSeconds(), report.Iteration, ReportScalars.Of(report)));
    }

    // TensorBoard reads the files of a run in the order of their names: a new one comes after all others, also when the clock stands still or was set back.
    private string NewFile()
    {
        Directory.CreateDirectory(folder);
        long newest = Directory.EnumerateFiles(folder, Prefix + "*").Select(SecondsOf).DefaultIfEmpty(-1).Max();
        long seconds = Math.Max(_time.GetUtcNow().ToUnixTimeSeconds(), newest + 1);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seconds:D10}.{Environment.MachineName}"));
        Append(path, EventMessage.FileVersion(WallSeconds()));
        return path;
    }

    private static long SecondsOf(string path)
    {
        string seconds = Path.GetFileName(path)[Prefix.Length..].Split('.')[0];
        return long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : -1;
    }

    private static void Append(string path, byte[] message)
    {
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(TfRecord.Frame(message));
    }

    private double WallSeconds() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
