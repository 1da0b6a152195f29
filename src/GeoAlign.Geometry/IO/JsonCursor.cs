using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>Walks a JSON text token by token; every complaint carries the line of the token it is about.</summary>
internal ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly string _path;
    private Utf8JsonReader _reader;
    private int _countedBytes, _countedLines;

    public JsonCursor(ReadOnlySpan<byte> utf8, string path)
    {
        _text = SourceText.WithoutByteOrderMark(utf8);
        _path = path;
        _reader = new Utf8JsonReader(_text);
    }

    /// <summary>Kind of the current token.</summary>
    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Line of the current token, from 1.</summary>
    public readonly int Line => SourceText.LineAt(_text, _reader.TokenStartIndex);

    /// <summary><see cref="Line"/>, for readers that note it again and again: counts on from the last time.</summary>
    public int NoteLine()
    {
        int at = (int)Math.Min(_reader.TokenStartIndex, _text.Length);
        _countedLines += _text[_countedBytes..at].Count((byte)'\n');
        _countedBytes = at;
        return 1 + _countedLines;
    }

    /// <summary>A complaint about the current token.</summary>
    public readonly TrajectoryFormatException Broken(string problem) => new(_path, Line, problem);

    /// <summary>Moves to the next token.</summary>
    public JsonTokenType Next() => TryNext() ? _reader.TokenType : throw Broken("the JSON text ends here, expected more");

    /// <summary>Requires that nothing follows the document.</summary>
    public void ExpectEnd()
    {
        if (TryNext()) throw Broken("text after the JSON document, expected nothing more");
    }

    /// <summary>Passes over the value of the current property, whatever it is.</summary>
    public void SkipValue()
    {
        int depth = 0;
        do
        {
            switch (Next())
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    break;
                default:
                    break;
            }
        }
        while (depth > 0);
    }

    /// <summary>Moves on; requires that the token opens an object.</summary>
    public void OpenObject(string what)
    {
        if (Next() != JsonTokenType.StartObject) throw Broken($"{Found()}, expected {what}");
    }

    /// <summary>Moves to the next property of the open object; false at its end.</summary>
    public bool NextProperty(out string name)
    {
        bool more = Next() == JsonTokenType.PropertyName;
        name = more ? Text() : "";
        return more;
    }

    /// <summary>Moves to the next property of the open object and notes its name; false at the object's end.</summary>
    public bool NextProperty(HashSet<string> seen, out string name)
    {
        if (!NextProperty(out name)) return false;
        return seen.Add(name) ? true : throw Broken($"'{name}' again, expected it once");
    }

    /// <summary>Moves on; requires that the token opens an array.</summary>
    public void OpenArray(string what)
    {
        if (Next() != JsonTokenType.StartArray) throw Broken($"{Found()}, expected {what}");
    }

    /// <summary>Moves to the next item of the open array; false at its end.</summary>
    public bool NextItem() => Next() != JsonTokenType.EndArray;

    /// <summary>Moves on; requires a finite number.</summary>
    public double ReadNumber(string what)
    {
        Next();
        return Number(what);
    }

    /// <summary>The current token, which must be a finite number.</summary>
    public readonly double Number(string what)
    {
        if (_reader.TokenType != JsonTokenType.Number) throw Broken($"{what}: {Found()}, expected a number");
        return NumberToken.ProblemOf(_reader.ValueSpan, out double value) is { } problem
            ? throw Broken($"{what}: {problem}, expected a finite number")
            : value;
    }

    /// <summary>Reads the rest of an opened array of exactly as many numbers as there is room for.</summary>
    public void FillNumbers(scoped Span<double> values, string what)
    {
        int count = 0;
        for (; NextItem(); count++)
        {
            double value = Number(what);
            if (count < values.Length) values[count] = value;
        }

        if (count != values.Length) throw Broken($"{count} numbers in {what}, expected {values.Length}");
    }

    /// <summary>The current token, which must be a string.</summary>
    public readonly string String(string what) =>
        _reader.TokenType == JsonTokenType.String ? Text() : throw Broken($"{what}: {Found()}, expected a string");

    /// <summary>The current string or property name.</summary>
    public readonly string Text()
    {
        try
        {
            return _reader.GetString() ?? "";
        }
        catch (InvalidOperationException broken)
        {
            throw new TrajectoryFormatException(_path, Line, "a string that is not valid UTF-8, expected Unicode text", broken);
        }
    }

    /// <summary>The current string as UTF-8, escapes resolved.</summary>
    public readonly ReadOnlySpan<byte> Utf8Text()
    {
        if (!_reader.ValueIsEscaped) return _reader.ValueSpan;
        return System.Text.Encoding.UTF8.GetBytes(Text());
    }

    /// <summary>What the current token is, in words.</summary>
    public readonly string Found() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Null => "null",
        JsonTokenType.EndArray => "the end of the array",
        JsonTokenType.EndObject => "the end of the object",
        _ => _reader.TokenType.ToString(),
    };

    private bool TryNext()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException broken)
        {
            throw new TrajectoryFormatException(_path, 1 + (int)(broken.LineNumber ?? 0), ReasonOf(broken), broken);
        }
    }

    private readonly string ReasonOf(JsonException broken)
    {
        int at = (int)Math.Min(_reader.BytesConsumed, _text.Length);
        ReadOnlySpan<byte> rest = _text[at..].TrimStart(" \t\r\n,:"u8);
        if (rest.StartsWith("NaN"u8) || rest.StartsWith("Infinity"u8) || rest.StartsWith("-Infinity"u8))
            return $"{SourceText.Excerpt(rest[..(rest[0] == 'N' ? 3 : rest[0] == 'I' ? 8 : 9)])} is not finite, expected a finite number";

        int positionNote = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"not valid JSON ({(positionNote < 0 ? broken.Message : broken.Message[..positionNote])}), expected a complete JSON document";
    }
}
