using System.Globalization;
using System.Text.Unicode;
using Google.Protobuf;

namespace GeoAlign.Models;

/// <summary>Reads SentencePiece <c>.model</c> files: a protobuf message, of which the fields that encoding needs are kept.</summary>
/// <remarks>
/// Field numbers are those of SentencePiece's published <c>sentencepiece_model.proto</c>. Fields are compared together with their wire type;
/// everything else is skipped. Nothing is allocated in advance from a length or count that the file states.
/// </remarks>
internal static class SentencePieceReader
{
    /// <summary>umT5's file has 4.5 MB. The bound keeps every offset and node count far from overflow.</summary>
    private const int MostFileBytes = 32 << 20;

    /// <summary>Trained pieces have at most some tens of bytes. The bound keeps segmentation linear in the text, whatever the file says.</summary>
    private const int MostPieceBytes = 1024;

    private const uint Varint = 0, LengthDelimited = 2, Fixed32 = 5;

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="TokenizerFormatException">The file is no usable unigram model.</exception>
    public static SentencePieceModel Read(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= MostFileBytes
            ? Parse(path, File.ReadAllBytes(path))
            : throw new TokenizerFormatException(path, $"{length} bytes, expected a SentencePiece model of at most {MostFileBytes}");
    }

    /// <summary>Parses and checks the bytes of a file.</summary>
    public static SentencePieceModel Parse(string path, byte[] file)
    {
        SentencePieceModel model = new(path, file);
        using CodedInputStream input = new(file);
        try
        {
            while (input.ReadTag() is var tag and not 0)
            {
                switch (tag)
                {
                    case 1 << 3 | LengthDelimited: ReadPiece(input, model, file); break;
                    case 2 << 3 | LengthDelimited: ReadTrainer(input, model); break;
                    case 3 << 3 | LengthDelimited: ReadNormaliser(input, model); break;
                    default: input.SkipLastField(); break;
                }
            }
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Problem(model, $"broken at byte {input.Position}, expected a SentencePiece model (a protobuf message)", e);
        }

        Check(model);
        return model;
    }

    private static void ReadPiece(CodedInputStream input, SentencePieceModel model, byte[] file)
    {
        int start = 0, length = 0, kind = (int)PieceKind.Normal;
        float score = 0;
        ReadMessage(input, model, tag =>
        {
            switch (tag)
            {
                case 1 << 3 | LengthDelimited:
                    length = input.ReadBytes().Length;
                    start = checked((int)input.Position) - length;
                    break;
                case 2 << 3 | Fixed32: score = input.ReadFloat(); break;
                case 3 << 3 | Varint: kind = input.ReadEnum(); break;
                default: input.SkipLastField(); break;
            }
        });

        int id = model.Pieces.Count;
        if (length is 0 or > MostPieceBytes) throw Problem(model, $"piece {id} has {length} bytes, expected 1 to {MostPieceBytes}");
        if (!Utf8.IsValid(file.AsSpan(start, length))) throw Problem(model, $"piece {id} is not UTF-8");
        if (!float.IsFinite(score)) throw Problem(model, $"piece {id} has score {score}, expected a finite number");
        if (kind is < (int)PieceKind.Normal or > (int)PieceKind.Byte) throw Problem(model, $"piece {id} has type {kind}, expected 1 to 6");
        model.Add(new SentencePieceModel.Piece(start, length, score, (PieceKind)kind));
    }

    private static void ReadTrainer(CodedInputStream input, SentencePieceModel model) => ReadMessage(input, model, tag =>
    {
        switch (tag)
        {
            case 3 << 3 | Varint: model.ModelType = input.ReadEnum(); break;
            case 24 << 3 | Varint: model.WhitespaceAsSuffix = input.ReadBool(); break;
            case 35 << 3 | Varint: model.ByteFallback = input.ReadBool(); break;
            case 41 << 3 | Varint: model.BeginId = input.ReadInt32(); break;
            case 42 << 3 | Varint: model.EndId = input.ReadInt32(); break;
            case 43 << 3 | Varint: model.PadId = input.ReadInt32(); break;
            default: input.SkipLastField(); break;
        }
    });

    private static void ReadNormaliser(CodedInputStream input, SentencePieceModel model) => ReadMessage(input, model, tag =>
    {
        switch (tag)
        {
            case 2 << 3 | LengthDelimited: model.CharacterMap = input.ReadBytes().Memory; break;
            case 3 << 3 | Varint: model.AddDummyPrefix = input.ReadBool(); break;
            case 4 << 3 | Varint: model.RemoveExtraWhitespace = input.ReadBool(); break;
            case 5 << 3 | Varint: model.EscapeWhitespace = input.ReadBool(); break;
            default: input.SkipLastField(); break;
        }
    });

    // A nested message is read from the stream of the whole file; it must end exactly where its length says.
    private static void ReadMessage(CodedInputStream input, SentencePieceModel model, Action<uint> readField)
    {
        int length = input.ReadLength();
        long start = input.Position;
        if (length < 0) throw Problem(model, $"a message at byte {start} has {length} bytes");
        while (input.Position < start + length && input.ReadTag() is var tag and not 0) readField(tag);
        if (input.Position != start + length)
            throw Problem(model, $"a message at byte {start} ends at byte {input.Position}, expected {start + length}");
    }

    private static void Check(SentencePieceModel model)
    {
        if (model.ModelType != 1) throw Problem(model, $"model type {model.ModelType}, expected 1 (unigram)");
        if (model.WhitespaceAsSuffix) throw Problem(model, $"blanks are marked after words, expected marks before words");
        int unknown = model.Pieces.Count(p => p.Kind == PieceKind.Unknown);
        if (unknown != 1) throw Problem(model, $"{unknown} pieces for unknown text, expected 1");
        foreach ((string name, int id) in new[] { ("begin", model.BeginId), ("end", model.EndId), ("padding", model.PadId) })
        {
            if (id < -1 || id >= model.Pieces.Count)
                throw Problem(model, $"{name} id {id}, expected −1 or an id below {model.Pieces.Count}");
        }
    }

    private static TokenizerFormatException Problem(SentencePieceModel model, FormattableString problem, Exception? inner = null) =>
        new(model.Path, problem.ToString(CultureInfo.InvariantCulture), inner);
}
