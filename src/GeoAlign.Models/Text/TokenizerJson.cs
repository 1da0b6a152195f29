using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>Walks through a JSON file token by token and knows the line, so that a problem can be named where it stands.</summary>
internal sealed class TokenizerJson
{
    private readonly byte[] _file;
    private readonly int _start;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 32 });
    private int _position;                       // first byte that was not read
    private int _tokenStart, _countedTo;         // where the token starts; up to where line ends were counted
    private int _line = 1;
    private JsonTokenType _token;
    private string? _text;

    public TokenizerJson(string path, byte[] file)
    {
        (Path, _file) = (path, file);
        _start = file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        _position = _start;
    }

    /// <summary>File that is read.</summary>
    public string Path { get; }

    /// <summary>Line of the token that was read last.</summary>
    public int Line
    {
        get
        {
            _line += _file.AsSpan(_countedTo, _tokenStart - _countedTo).Count((byte)'\n');
            _countedTo = _tokenStart;
            return _line;
        }
    }

    /// <summary>Whether the value that was reached is an array.</summary>
    public bool IsArray => _token == JsonTokenType.StartArray;

    /// <summary>Whether the value that was reached is an object.</summary>
    public bool IsObject => _token == JsonTokenType.StartObject;

    /// <summary>Reads the whole file: goes to its first value, lets <paramref name="read"/> take it, and turns JSON errors into errors of the file.</summary>
    public void Guarded(Action read)
    {
        try
        {
            Next();
            read();
            if (Advance()) throw Problem("more after the end of the value");
        }
        catch (JsonException e)
        {
            throw new TokenizerFormatException(Path, $"line {(e.LineNumber ?? 0) + 1}: not JSON", e);
        }
    }

    /// <summary>Reads an object; <paramref name="property"/> must take each value.</summary>
    public void ReadObject(Action<string> property)
    {
        if (!IsObject) throw Problem($"{_token}, expected an object");
        for (Next(); _token != JsonTokenType.EndObject; Next())
        {
            string name = _text!;
            Next();
            property(name);
        }
    }

    /// <summary>Reads an array; <paramref name="item"/> must take each value.</summary>
    public void ReadArray(Action item)
    {
        if (!IsArray) throw Problem($"{_token}, expected an array");
        for (Next(); _token != JsonTokenType.EndArray; Next()) item();
    }

    /// <summary>Takes a text.</summary>
    public string ReadText() => _token == JsonTokenType.String ? _text! : throw Problem($"{_token}, expected a text");

    /// <summary>Takes a whole number.</summary>
    public int ReadInteger(int low, int high)
    {
        int value = 0;
        bool whole = _token == JsonTokenType.Number
            && System.Buffers.Text.Utf8Parser.TryParse(_file.AsSpan(_tokenStart, _position - _tokenStart), out value, out int used) && used == _position - _tokenStart;
        return whole && value >= low && value <= high ? value : throw Problem($"expected a whole number from {low} to {high}");
    }

    /// <summary>Takes a text that has only one accepted value.</summary>
    public void Expect(string text)
    {
        string found = ReadText();
        if (found != text) throw Problem($"'{(found.Length > 200 ? found[..200] + "…" : found)}', expected '{text}'");
    }

    /// <summary>Takes a truth value, or nothing, that has only one accepted value.</summary>
    public void Expect(bool value)
    {
        if (_token != (value ? JsonTokenType.True : JsonTokenType.False) && _token != JsonTokenType.Null)
            throw Problem($"{_token}, expected {(value ? "true" : "false")}");
    }

    /// <summary>Takes a text that must be empty or missing.</summary>
    public void ExpectEmpty()
    {
        if (_token != JsonTokenType.Null && ReadText().Length > 0) throw Problem($"'{_text}', expected none");
    }

    /// <summary>Takes a value of any kind and forgets it.</summary>
    public void Skip()
    {
        int depth = 0;
        do
        {
            if (_token is JsonTokenType.StartArray or JsonTokenType.StartObject) depth++;
            else if (_token is JsonTokenType.EndArray or JsonTokenType.EndObject) depth--;
            if (depth > 0) Next();
        }
        while (depth > 0);
    }

    /// <summary>An error at the token that was read last.</summary>
    public TokenizerFormatException Problem(string problem) => new(Path, $"line {Line}: {problem}");

    private void Next()
    {
        if (!Advance()) throw Problem("the file ends inside of a value");
    }

    private bool Advance()
    {
        Utf8JsonReader reader = new(_file.AsSpan(_position), isFinalBlock: true, _state);
        if (!reader.Read()) return false;
        _token = reader.TokenType;
        _tokenStart = _position + (int)reader.TokenStartIndex;
        if (_token is JsonTokenType.String or JsonTokenType.PropertyName) _text = Text(ref reader);
        _position += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return true;
    }

    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new TokenizerFormatException(Path, $"line {Line}: a text that is not Unicode", e);
        }
    }
}
