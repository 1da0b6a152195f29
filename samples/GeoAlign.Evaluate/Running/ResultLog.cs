using System.Text;
using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>
/// Results of cases, one JSON object a line, added when a case is done. Of several lines of one case the last counts; <see cref="Compact"/> removes the others.
/// </summary>
internal sealed class ResultLog : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock, _file;
    private readonly Lock _turn = new();
    private readonly Dictionary<(string, RetakeName), CaseResult> _latest;
    private int _lines;

    private ResultLog(string path, FileStream held, FileStream file, Dictionary<(string, RetakeName), CaseResult> known, int lines)
    {
        (_path, _lock, _file, _lines) = (path, held, file, lines);
        (Known, _latest) = (known, new(known));
    }

    /// <summary>Results that were there when the log was opened.</summary>
    public IReadOnlyDictionary<(string Method, RetakeName Name), CaseResult> Known { get; }

    /// <summary>Opens a log and removes the remains of a line that a crash left unfinished.</summary>
    /// <exception cref="InvalidDataException">A whole line is no result.</exception>
    /// <exception cref="IOException">Another evaluation is writing it.</exception>
    public static ResultLog Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream held = Hold(path);
        FileStream? file = null;
        try
        {
            // Its own file is the lock, so that this one can be read meanwhile.
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            (Dictionary<(string, RetakeName), CaseResult> known, int end, int lines) = Parse(file, path);
            file.SetLength(end);
            file.Position = end;
            return new(path, held, file, known, lines);
        }
        catch
        {
            file?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>The results of a log that another evaluation may be writing; none where there is no log.</summary>
    /// <exception cref="InvalidDataException">A whole line is no result.</exception>
    public static IReadOnlyDictionary<(string Method, RetakeName Name), CaseResult> Read(string path)
    {
        if (!File.Exists(path)) return new Dictionary<(string, RetakeName), CaseResult>();
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Parse(file, path).Known;
    }

    /// <summary>Adds a result; the line is handed to the file in one piece.</summary>
    public void Write(CaseResult result)
    {
        byte[] line = Line(result);
        lock (_turn)
        {
            _file.Write(line);
            _file.Flush();
            _latest[(result.Method, result.Name)] = result;
            _lines++;
        }
    }

    /// <summary>
    /// Leaves one line to a case, the last, in the order of the cases' first lines; in one step, so that a program that is killed leaves the old log or the new
    /// one. Nothing can be written afterwards.
    /// </summary>
    public void Compact()
    {
        lock (_turn)
        {
            _file.Dispose();
            if (_lines == _latest.Count) return;
            using MemoryStream compact = new();
            foreach (CaseResult result in _latest.Values) compact.Write(Line(result));
            WholeFile.Write(_path, compact.GetBuffer().AsSpan(0, (int)compact.Length));
            _lines = _latest.Count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"{path}: another evaluation is writing it ({taken.Message}) Wait for its end, or choose another --output.", taken);
        }
    }

    private static byte[] Line(CaseResult result) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(result, EvaluationJson.Compact) + "\n");

    // Whole lines, and where they end.
    private static (Dictionary<(string, RetakeName), CaseResult> Known, int End, int Lines) Parse(FileStream file, string path)
    {
        byte[] bytes = new byte[file.Length];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        int end = bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1, number = 0, lines = 0;
        Dictionary<(string, RetakeName), CaseResult> known = [];
        foreach (Range range in bytes.AsSpan(0, end).Split((byte)'\n'))
        {
            number++;
            ReadOnlySpan<byte> text = bytes.AsSpan(0, end)[range];
            if (text.IsEmpty) continue;
            CaseResult result = Parse(text, path, number);
            known[(result.Method, result.Name)] = result;
            lines++;
        }

        return (known, end, lines);
    }

    private static CaseResult Parse(ReadOnlySpan<byte> text, string path, int line)
    {
        try
        {
            return JsonSerializer.Deserialize<CaseResult>(text, EvaluationJson.Compact)
                ?? throw new InvalidDataException($"{path}:{line}: null, expected the result of a case.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}:{line}: not the result of a case ({e.Message}); expected a line of an earlier evaluation. Move the file away to start anew.", e);
        }
    }
}
