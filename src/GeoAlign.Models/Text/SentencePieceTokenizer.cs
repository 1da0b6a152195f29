using System.Globalization;
using System.Text;

namespace GeoAlign.Models;

/// <summary>Turns text into the ids of a SentencePiece unigram vocabulary, as umT5's <c>spiece.model</c> is.</summary>
/// <remarks>
/// Kudo, Richardson 2018 (arXiv 1808.06226), Kudo 2018 (arXiv 1804.10959). Normalisation, special ids and byte fallback are those of the file.
/// Immutable: one tokenizer may be used by several threads.
/// </remarks>
public sealed class SentencePieceTokenizer
{
    private const int Bytes = 256;

    private readonly SentencePieceModel _model;
    private readonly TextNormaliser _normaliser;
    private readonly UnigramSegmentation _segmentation;
    private readonly int[]? _byteIds;

    private SentencePieceTokenizer(SentencePieceModel model)
    {
        _model = model;
        UnknownId = Enumerable.Range(0, model.Pieces.Count).First(id => model.Pieces[id].Kind == PieceKind.Unknown);
        _normaliser = new TextNormaliser(model);
        _segmentation = new UnigramSegmentation(model, UnknownId);
        _byteIds = model.ByteFallback ? FindBytes(model) : null;
    }

    /// <summary>Number of pieces; ids are below it.</summary>
    public int PieceCount => _model.Pieces.Count;

    /// <summary>Id of text outside the vocabulary.</summary>
    public int UnknownId { get; }

    /// <summary>Id of the mark that starts a text, or null.</summary>
    public int? BeginId => OrNull(_model.BeginId);

    /// <summary>Id of the mark that ends a text, or null.</summary>
    public int? EndId => OrNull(_model.EndId);

    /// <summary>Id of the filling after the end, or null.</summary>
    public int? PadId => OrNull(_model.PadId);

    /// <summary>Reads a <c>.model</c> file.</summary>
    /// <exception cref="TokenizerFormatException">The file is no SentencePiece unigram model, or it is broken.</exception>
    public static SentencePieceTokenizer Load(string path) => new(SentencePieceReader.Read(path));

    /// <summary>Text of a piece; blanks are written as U+2581.</summary>
    public string PieceOf(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, PieceCount);
        return _model.TextOf(id);
    }

    /// <summary>Ids of a text, without marks at its ends.</summary>
    /// <param name="text">Any text; a lone surrogate counts as U+FFFD.</param>
    public int[] Encode(string text)
    {
        ReadOnlySpan<byte> normalised = _normaliser.Apply(Encoding.UTF8.GetBytes(text));
        List<int> ids = [];
        int at = 0;
        bool afterUnknown = false;
        foreach ((int id, int bytes) in _segmentation.Cut(normalised))
        {
            if (id == UnknownId && _byteIds is not null)
            {
                foreach (byte b in normalised.Slice(at, bytes)) ids.Add(_byteIds[b]);
            }
            else if (id != UnknownId || !afterUnknown)                    // a run of unknown characters is one unknown piece
            {
                ids.Add(id);
            }

            afterUnknown = id == UnknownId;
            at += bytes;
        }

        return [.. ids];
    }

    /// <summary>Ids of a text, cut so that the end mark fits, then the end mark, then padding.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">Number of ids wanted, at least 1.</param>
    /// <exception cref="InvalidOperationException">The vocabulary has no end mark or no padding.</exception>
    public TokenIds Encode(string text, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        int end = EndId ?? throw new InvalidOperationException($"{_model.Path} has no end mark.");
        int pad = PadId ?? throw new InvalidOperationException($"{_model.Path} has no padding.");
        int[] raw = Encode(text), ids = new int[length];
        int count = Math.Min(raw.Length, length - 1);
        raw.AsSpan(0, count).CopyTo(ids);
        ids[count] = end;
        ids.AsSpan(count + 1).Fill(pad);
        return new TokenIds(ids, count + 1);
    }

    internal static SentencePieceTokenizer Parse(string path, byte[] file) => new(SentencePieceReader.Parse(path, file));

    private static int? OrNull(int id) => id < 0 ? null : id;

    private static int[] FindBytes(SentencePieceModel model)
    {
        int[] ids = new int[Bytes];
        Array.Fill(ids, -1);
        for (int id = 0; id < model.Pieces.Count; id++)
        {
            if (model.Pieces[id].Kind != PieceKind.Byte) continue;
            string text = model.TextOf(id);
            if (text.Length != 6 || !text.StartsWith("<0x", StringComparison.Ordinal) || text[5] != '>'
                || !byte.TryParse(text.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                throw new TokenizerFormatException(model.Path, $"byte piece {id} is '{text}', expected <0x00> to <0xFF>");
            }

            ids[value] = id;
        }

        int missing = Array.IndexOf(ids, -1);
        return missing < 0
            ? ids
            : throw new TokenizerFormatException(model.Path, $"no piece <0x{missing:X2}>, expected one for every byte");
    }
}
