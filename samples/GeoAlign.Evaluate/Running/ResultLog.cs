using System.Text;
using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Results of cases, one JSON object a line, added when a case is done. Of several lines of one case the last counts.</summary>
internal sealed class ResultLog : IDisposable
{
    private readonly FileStream _file;
    private readonly Lock _lock = new();

    private ResultLog(FileStream file, Dictionary<(string, RetakeName), CaseResult> known) => (_file, Known) = (file, known);

    /// <summary>Results that were there when the log was opened.</summary>
    public IReadOnlyDictionary<(string Method, RetakeName Name), CaseResult> Known { get; }

    /// <summary>Opens a log and removes the remains of a line that a crash left unfinished.</summary>
    /// <exception cref="InvalidDataException">A whole line is no result.</exception>
    /// <exception cref="IOException">Another evaluation is writing it.</exception>
    public static ResultLog Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
            Dictionary<(string, RetakeName), CaseResult> known = [];
            int line = 0;
            foreach (Range range in bytes.AsSpan(0, end).Split((byte)'\n'))
            {
                line++;
                ReadOnlySpan<byte> text = bytes.AsSpan(0, end)[range];
                if (text.IsEmpty) continue;
                CaseResult result = Parse(text, path, line);
                known[(result.Method, result.Name)] = result;
            }

            file.SetLength(end);
            file.Position = end;
            return new(file, known);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a result; the line is handed to the file in one piece.</summary>
    public void Write(CaseResult result)
    {
        byte[] line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(result, EvaluationJson.Compact) + "\n");
        lock (_lock)
        {
            _file.Write(line);
            _file.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

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
