using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>
/// Reads the Python dictionary literal of a <c>.npy</c> header: string keys; strings, truth values and tuples of whole numbers as values.
/// </summary>
internal ref struct PythonDictionary
{
    private ReadOnlySpan<char> _rest;
    private bool _first = true;

    public PythonDictionary(ReadOnlySpan<char> text)
    {
        _rest = text.Trim();
        if (!TryTake('{')) Fail("no dictionary");
    }

    /// <summary>The first thing that is wrong; null so far.</summary>
    public string? Problem { get; private set; }

    /// <summary>Notes a problem and ends the reading.</summary>
    public void Fail(string problem)
    {
        Problem ??= problem;
        _rest = default;
    }

    /// <summary>Moves to the next entry; false at the end or after a problem.</summary>
    public bool NextKey(out string key)
    {
        key = "";
        if (Problem is not null) return false;
        if (!_first && !TryTake(',') && !_rest.StartsWith("}"))
        {
            Fail("no comma between entries");
            return false;
        }

        _first = false;
        if (TryTake('}'))
        {
            if (!_rest.IsEmpty) Fail("text after the dictionary");
            return false;
        }

        key = ReadString();
        if (!TryTake(':')) Fail("no colon after a key");
        return Problem is null;
    }

    /// <summary>A string without escapes.</summary>
    public string ReadString()
    {
        char quote = _rest.IsEmpty ? ' ' : _rest[0];
        int end = quote is '\'' or '"' ? _rest[1..].IndexOf(quote) : -1;
        if (end < 0 || _rest.Slice(1, end).Contains('\\'))
        {
            Fail("a value that is no string");
            return "";
        }

        string value = _rest.Slice(1, end).ToString();
        _rest = _rest[(end + 2)..].TrimStart();
        return value;
    }

    /// <summary>True or False.</summary>
    public bool ReadTruth()
    {
        if (TryTake("True")) return true;
        if (!TryTake("False")) Fail("a value that is neither True nor False");
        return false;
    }

    /// <summary>A tuple of whole numbers.</summary>
    public List<long> ReadTuple(int longest)
    {
        List<long> values = [];
        if (!TryTake('(')) Fail("a value that is no tuple");
        while (Problem is null && !TryTake(')'))
        {
            int length = _rest.IndexOfAnyExceptInRange('0', '9');
            ReadOnlySpan<char> digits = _rest[..Math.Max(length, 0)];
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long value) || values.Count == longest)
            {
                Fail($"a tuple that is not of at most {longest} whole numbers");
                break;
            }

            values.Add(value);
            _rest = _rest[length..].TrimStart();
            if (!TryTake(',') && !_rest.StartsWith(")")) Fail("a tuple without commas");
        }

        return values;
    }

    private bool TryTake(char c)
    {
        if (_rest.IsEmpty || _rest[0] != c) return false;
        _rest = _rest[1..].TrimStart();
        return true;
    }

    private bool TryTake(string word)
    {
        if (!_rest.StartsWith(word, StringComparison.Ordinal)) return false;
        _rest = _rest[word.Length..].TrimStart();
        return true;
    }
}
