using System.Text;

namespace GeoAlign.Models;

/// <summary>The contents of a SentencePiece <c>.model</c> file. Fields that a file leaves out have the values given here.</summary>
internal sealed class SentencePieceModel(string path, byte[] file)
{
    private readonly List<Piece> _pieces = [];

    /// <summary>File that was read; it appears in error messages.</summary>
    public string Path { get; } = path;

    /// <summary>The vocabulary; the id of a piece is its index.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>Kind of segmentation: 1 unigram, 2 byte pairs, 3 words, 4 characters.</summary>
    public int ModelType { get; set; } = 1;

    /// <summary>Whether the mark for a blank follows a word instead of leading it.</summary>
    public bool WhitespaceAsSuffix { get; set; }

    /// <summary>Whether characters outside the vocabulary become pieces for their UTF-8 bytes.</summary>
    public bool ByteFallback { get; set; }

    /// <summary>Id of the mark that starts a text, or −1.</summary>
    public int BeginId { get; set; } = 1;

    /// <summary>Id of the mark that ends a text, or −1.</summary>
    public int EndId { get; set; } = 2;

    /// <summary>Id of the filling after the end, or −1.</summary>
    public int PadId { get; set; } = -1;

    /// <summary>Replacements of characters, compiled; empty for none. See <see cref="CharacterMap"/>.</summary>
    public ReadOnlyMemory<byte> CharacterMap { get; set; }

    /// <summary>Whether a blank is put in front of the text.</summary>
    public bool AddDummyPrefix { get; set; } = true;

    /// <summary>Whether runs of blanks become one and outer blanks go.</summary>
    public bool RemoveExtraWhitespace { get; set; } = true;

    /// <summary>Whether blanks are written as U+2581.</summary>
    public bool EscapeWhitespace { get; set; } = true;

    /// <summary>The bytes that were read; the texts of the pieces lie in them.</summary>
    public ReadOnlySpan<byte> File => file;

    /// <summary>UTF-8 bytes of a piece.</summary>
    public ReadOnlySpan<byte> Utf8Of(int id) => file.AsSpan(_pieces[id].Start, _pieces[id].Length);

    /// <summary>Text of a piece.</summary>
    public string TextOf(int id) => Encoding.UTF8.GetString(Utf8Of(id));

    /// <summary>Appends a piece.</summary>
    public void Add(Piece piece) => _pieces.Add(piece);

    /// <summary>A piece: where its text lies in the file, its score (a log probability) and its kind.</summary>
    public readonly record struct Piece(int Start, int Length, float Score, PieceKind Kind);
}
